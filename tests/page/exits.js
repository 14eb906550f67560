/**
 * Every way out of a page that a script could try, each to an address of its
 * own name. Runs inside of the page; whoever serves the addresses counts.
 */

/**
 * @param {string[]} targets Origins, with a slash at the end.
 * @returns {Promise<{ tried: string[], through: string[] }>} What was tried, and what the page itself saw succeed.
 */
export async function tryEveryExit(targets) {
  /** @type {string[]} */
  const through = [];
  /** @type {Set<string>} */
  const tried = new Set();
  /** @type {any} */
  const anyWindow = window;

  for (const to of targets) {
    /** @param {string} name */
    const at = (name) => {
      tried.add(name);
      return `${to}out-${name}`;
    };
    /**
     * Whatever does not throw within the time has succeeded.
     *
     * @param {string} name
     * @param {(url: string) => unknown} act
     */
    const attempt = async (name, act) => {
      const late = new Promise((_, fail) => setTimeout(() => fail(new Error("no answer")), 1000));
      try {
        await Promise.race([act(at(name)), late]);
        through.push(name);
      } catch {}
    };
    /**
     * What gives no sign by itself; only the other side can tell.
     *
     * @param {string} name
     * @param {(url: string) => unknown} act
     */
    const send = (name, act) => {
      try {
        act(at(name));
      } catch {}
    };
    /**
     * @param {string} tag
     * @param {Record<string, string>} attributes
     */
    const put = (tag, attributes) => {
      const element = document.createElement(tag);
      // Some are refused here already, as no trusted type.
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      document.body.append(element);
      return element;
    };
    const loaded = (/** @type {any} */ element) =>
      new Promise((done, fail) => {
        element.onload = element.onopen = done;
        element.onerror = fail;
      });

    // Requests of scripts.
    await attempt("fetch", (url) => fetch(url));
    await attempt("fetch-no-cors", (url) => fetch(url, { mode: "no-cors" }));
    await attempt("fetch-post", (url) => fetch(url, { method: "POST", body: "x", mode: "no-cors" }));
    await attempt("fetch-keepalive", (url) => fetch(url, { keepalive: true, mode: "no-cors" }));
    await attempt("xhr-sync", (url) => {
      const request = new XMLHttpRequest();
      request.open("GET", url, false);
      request.send();
    });
    await attempt("xhr", (url) => {
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.send("x");
      return loaded(request);
    });
    await attempt("websocket", (url) => loaded(new WebSocket(url.replace("http", "ws"))));
    await attempt("event-source", (url) => loaded(new EventSource(url)));
    await attempt("cache", async (url) => (await caches.open("out")).add(url));
    send("beacon", (url) => navigator.sendBeacon(url, "x"));
    send("fetch-later", (url) => anyWindow.fetchLater?.(url, { activateAfter: 0 }));
    if (anyWindow.WebTransport) {
      await attempt("web-transport", (url) => new anyWindow.WebTransport(url.replace("http:", "https:")).ready);
    }

    // Scripts.
    await attempt("import", (url) => import(`${url}.js`));
    await attempt("script", (url) => loaded(put("script", { src: url })));
    await attempt("module", (url) => loaded(put("script", { type: "module", src: url })));
    await attempt("worker", (url) => fetchesIn(new Worker(url)));
    await attempt("shared-worker", (url) => new SharedWorker(url) && Promise.reject());
    await attempt("service-worker", (url) => navigator.serviceWorker.register(url));
    await attempt("worklet", (url) => new AudioContext().audioWorklet.addModule(url));
    await attempt("data-import", () => import(`data:text/javascript,${0}`));
    await attempt("background-fetch", async (url) => {
      const registration = /** @type {any} */ (await navigator.serviceWorker.getRegistration());
      await registration.backgroundFetch.fetch("out", [url]);
    });

    // What a document can hold.
    await attempt("image", (url) => loaded(Object.assign(new Image(), { src: url })));
    await attempt("srcset", (url) => loaded(put("img", { srcset: `${url} 1x` })));
    await attempt("input-image", (url) => loaded(put("input", { type: "image", src: url })));
    await attempt("sheet", (url) => loaded(put("link", { rel: "stylesheet", href: url })));
    for (const name of ["iframe", "embed", "frame"]) send(name, (url) => put(name, { src: url }));
    send("object", (url) => put("object", { data: url }));
    await attempt("video", (url) => {
      const media = /** @type {HTMLVideoElement} */ (put("video", { src: url }));
      media.load();
      return loaded(media);
    });
    send("poster", (url) => put("video", { poster: url }));
    await attempt("audio", (url) => loaded(new Audio(url)));
    send("track", (url) => {
      const track = document.createElement("track");
      Object.assign(track, { src: url, default: true, kind: "captions" });
      put("video", {}).append(track);
      track.track.mode = "showing";
    });
    send("svg-image", (url) => {
      const svg = document.body.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
      const image = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "image"));
      image.setAttribute("href", url);
    });
    send("svg-use", (url) => {
      const svg = document.body.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
      svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "use")).setAttribute("href", `${url}#a`);
    });

    // Style sheets.
    await attempt("font", (url) => new FontFace("out", `url(${url})`).load());
    send("css-image", (url) => document.body.style.setProperty("background-image", `url(${url})`));
    send("css-rule", (url) =>
      document.styleSheets[0].insertRule(`main { list-style: url(${url}); cursor: url(${url}), auto }`),
    );
    send("css-import", (url) => document.styleSheets[0].insertRule(`@import "${url}"`));
    send("css-adopted", (url) => {
      const sheet = new CSSStyleSheet();
      sheet.insertRule(`html { border-image: url(${url}) }`);
      sheet.insertRule(`body::before { content: url(${url}-content) }`);
      document.adoptedStyleSheets = [sheet];
    });
    send("css-inline", (url) => {
      const style = document.createElement("style");
      style.textContent = `html { background: url(${url}) }`;
      document.head.append(style);
    });

    // Links that a browser follows by itself.
    for (const [name, more] of /** @type {[string, Record<string, string>][]} */ ([
      ["prefetch", {}],
      ["prerender", {}],
      ["modulepreload", {}],
      ["manifest", {}],
      ["icon", {}],
      ["preload", { as: "image" }],
      ["preload", { as: "fetch", crossorigin: "" }],
      ["preload", { as: "script" }],
      ["preload", { as: "style" }],
      ["preload", { as: "font", crossorigin: "" }],
    ])) {
      send([name, ...Object.values(more)].join("-"), (href) => put("link", { rel: name, ...more, href }));
    }
    send("speculation", (url) => {
      const rules = document.createElement("script");
      rules.type = "speculationrules";
      rules.textContent = JSON.stringify({ prefetch: [{ source: "list", urls: [url] }] });
      document.head.append(rules);
    });

    // Forms and pings, which would not leave the page.
    send("form", (action) => {
      const form = /** @type {HTMLFormElement} */ (put("form", { action, method: "post", target: "out" }));
      put("iframe", { name: "out" });
      form.submit();
    });
    send("ping", (ping) => {
      const link = /** @type {HTMLAnchorElement} */ (put("a", { ping, href: "#" }));
      link.click();
    });
    send("media-session", (url) => {
      navigator.mediaSession.metadata = new MediaMetadata({ title: "x", artwork: [{ src: url }] });
    });
    send("notification", (url) => new Notification("x", { icon: url }));
    send("report", (url) => {
      const meta = document.createElement("meta");
      meta.httpEquiv = "Content-Security-Policy";
      meta.content = `style-src 'none'; report-uri ${url}`;
      document.head.append(meta);
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { tried: [...tried], through };

  /** @param {Worker} worker */
  function fetchesIn(worker) {
    return new Promise((done, fail) => {
      worker.onmessage = done;
      worker.onerror = fail;
    });
  }
}
