/** Files, drags, what is no bounce, and an engine that stops. */

import assert from "node:assert/strict";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { dsn, THRESHOLD, UNREGISTERED } from "./bounces.js";
import { ask, cards, drop, paste, start } from "./browser.js";

/** @type {import("./browser.js").Site} */
let site;
before(async () => {
  site = await start();
});
after(() => site.stop());

test("a file dragged in from outside is read, and the other program is told that it was copied", async () => {
  const page = await site.open();
  const folder = await mkdtemp(join(tmpdir(), "bounce-"));
  const path = join(folder, "bounce.eml");
  await writeFile(path, dsn([{ reply: THRESHOLD }]));
  await page.evaluate(() =>
    addEventListener("dragover", (event) => {
      document.documentElement.dataset.effect = event.dataTransfer?.dropEffect;
    }),
  );
  const devtools = await page.context().newCDPSession(page);
  // Copy, link and move are offered, as by a mail program.
  const data = { items: [], files: [path], dragOperationsMask: 19 };
  for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"])) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 600, y: 400, data });
  }
  await page.waitForSelector("#results article[data-error]");
  assert.equal(await page.getAttribute("html", "data-effect"), "copy");
  assert.equal((await cards(page))[0].error, "exchange-online/tenant-threshold");
  assert.match((await page.textContent("#note")) ?? "", /bounce\.eml/);
  await page.context().close();
  await rm(folder, { recursive: true });
});

test("a file is told by its bytes, whatever its name says", async () => {
  const page = await site.open();
  for (const name of ["bounce.msg", "bounce.zip", "bounce.pdf", "bounce"]) {
    await drop(page, [{ name, bytes: dsn([{ reply: THRESHOLD }]) }]);
    await page.waitForFunction((name) => document.getElementById("note")?.textContent?.includes(name), name);
    await page.waitForSelector('#results article[data-error="exchange-online/tenant-threshold"]');
    await page.click("#clear");
  }
  await page.context().close();
});

test("a text of odd units is read, in a paste and in a file", async () => {
  const page = await site.open();
  // Made in the page: half a character does not pass from one program to another.
  for (const way of /** @type {const} */ (["paste", "file"])) {
    await page.evaluate(
      ({ way, reply }) => {
        const odd = "\udce7\ud83d\0\ufffe\ud83d";
        const plain = `${odd} ${reply} ${odd}`;
        const data = new DataTransfer();
        if (way === "paste") data.setData("text/plain", plain);
        else data.items.add(new File([plain], `${odd}.txt`));
        const event =
          way === "paste"
            ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      },
      { way, reply: THRESHOLD },
    );
    await page.waitForSelector('#results article[data-error="exchange-online/tenant-threshold"]');
    await page.click("#clear");
  }
  await page.context().close();
});

test("the file button takes several files", async () => {
  const page = await site.open();
  await page.setInputFiles("#file", [
    { name: "one.eml", mimeType: "message/rfc822", buffer: Buffer.from(dsn([{ reply: THRESHOLD }])) },
    { name: "two.txt", mimeType: "text/plain", buffer: Buffer.from(UNREGISTERED) },
  ]);
  await page.waitForSelector("#results article[data-error] >> nth=1");
  assert.deepEqual(
    (await cards(page)).map(({ error }) => error),
    ["exchange-online/tenant-threshold", "exchange-online/unregistered-domain"],
  );
  await page.context().close();
});

test("what cannot be read gets one sentence with the next step", async () => {
  const page = await site.open();
  for (const [name, bytes, says] of /** @type {[string, number[], RegExp][]} */ ([
    ["a.msg", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], /Outlook \.msg.*paste here/],
    ["a.eml", [0x50, 0x4b, 0x03, 0x04, 0x14], /archive.*Unpack/],
    ["a.docx", [0x50, 0x4b, 0x03, 0x04, ...Buffer.from("word/document.xml")], /Office document/],
    ["a.png", [0x89, 0x50, 0x4e, 0x47], /picture.*Copy the text/],
    ["a.pdf", [...Buffer.from("%PDF-1.7")], /PDF.*copy it/],
    ["a.txt", [], /empty/],
  ])) {
    await drop(page, [{ name, bytes: Uint8Array.from(bytes) }]);
    await page.waitForFunction((name) => document.getElementById("note")?.textContent?.includes(name), name);
    assert.match((await page.textContent("#note")) ?? "", says);
    assert.equal(await page.$$eval("#note p", (all) => all.length), 1);
    assert.equal(await page.textContent("#results"), "");
  }
  await page.context().close();
});

test("a drag that carries no mail says to save it first", async () => {
  const page = await site.open();
  for (const data of [
    {},
    { multimaillistmessagerows: '{"rows":[]}', "text/plain": '{"subject":"Undeliverable"}' },
    { "text/uri-list": "https://mail.example.com/inbox/1", "text/plain": "https://mail.example.com/inbox/1" },
  ]) {
    await page.evaluate((data) => {
      document.getElementById("note")?.replaceChildren();
      const dataTransfer = new DataTransfer();
      for (const [type, text] of Object.entries(data)) dataTransfer.setData(type, text);
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, data);
    assert.match((await page.textContent("#note")) ?? "", /carried no mail.*drop the file/);
    assert.equal(await page.textContent("#results"), "");
  }
  await page.context().close();
});

test("a text dragged from another window is read", async () => {
  const page = await site.open();
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", text);
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, THRESHOLD);
  await page.waitForSelector('article[data-error="exchange-online/tenant-threshold"]');
  await page.context().close();
});

test("a folder, and a file over the cap, get one sentence with the next step", async () => {
  const page = await site.open();
  const folder = await mkdtemp(join(tmpdir(), "bounce-"));
  const large = join(folder, "large.mbox");
  const file = await open(large, "w");
  await file.truncate(64 * 2 ** 20 + 1);
  await file.close();
  const devtools = await page.context().newCDPSession(page);
  for (const [path, says] of /** @type {[string, RegExp][]} */ ([
    [folder, /^That is a folder\. Open it and drop the message itself\.$/],
    [large, /^large\.mbox is larger than 64 MB\. Save the returned message alone/],
  ])) {
    await page.evaluate(() => document.getElementById("note")?.replaceChildren());
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"])) {
      await devtools.send("Input.dispatchDragEvent", { type, x: 600, y: 400, data });
    }
    await page.waitForSelector("#note p");
    assert.match((await page.textContent("#note")) ?? "", says);
    assert.equal(await page.textContent("#results"), "");
  }
  await page.context().close();
  await rm(folder, { recursive: true });
});

const AUTO_REPLY = `From: leo.brandt@example.org
To: eva.sanz@example.com
Subject: Automatic reply: Quarterly figures
Auto-Submitted: auto-replied
Content-Type: text/plain

I am away until Monday.
`;
const READ_RECEIPT = `From: leo.brandt@example.org
To: eva.sanz@example.com
Subject: Read: Quarterly figures
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary=m

--m
Content-Type: text/plain

Your message was displayed.

--m
Content-Type: message/disposition-notification

Final-Recipient: rfc822; leo.brandt@example.org
Disposition: manual-action/MDN-sent-manually; displayed

--m--
`;
const ABUSE_REPORT = `From: feedback@example.net
To: abuse@example.com
Subject: FW: Offers
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=f

--f
Content-Type: text/plain

This is an email abuse report.

--f
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: ExampleLoop/1.0
Version: 1

--f
Content-Type: message/rfc822

From: news@example.com
Subject: Offers

Hello
--f--
`;
const ORDINARY = `From: leo.brandt@example.org
To: eva.sanz@example.com
Subject: Lunch
Date: Mon, 23 Nov 2026 09:14:00 +0000

Shall we have lunch on Tuesday?
`;

for (const [kind, text] of [
  ["auto-reply", AUTO_REPLY],
  ["read-receipt", READ_RECEIPT],
  ["abuse-report", ABUSE_REPORT],
  ["delivered", dsn([{ reply: "250 2.0.0 Ok: queued", action: "delivered" }])],
  ["other", ORDINARY],
]) {
  test(`no bounce: ${kind} is called what it is`, async () => {
    const page = await site.open();
    await ask(page, text);
    assert.equal(await page.getAttribute("#results .other", "data-kind"), kind);
    assert.equal((await cards(page)).length, 0);
    await page.selectOption("#language", "es");
    assert.match((await page.textContent("#results .verdict")) ?? "", /^(Esto (no )?es|No hay)/);
    await page.context().close();
  });
}

test("an empty file is no bounce and no error of the page", async () => {
  const page = await site.open();
  await drop(page, [{ name: "blank.txt", bytes: " \n\t\n" }]);
  await page.waitForSelector('#results .other[data-kind="empty"]');
  await page.context().close();
});

test("unseen characters and look-alike hosts are shown for what they are", async () => {
  const page = await site.open();
  const recipient = "leo\u202e.tdnarb@ex\u0430mple.org";
  await ask(page, outlookWith(recipient));
  const whole = (await page.textContent("main")) ?? "";
  assert.match(whole, /U\+202E/);
  assert.doesNotMatch(whole, /\u202e/);
  for (const place of [".summary", "dl.facts"]) {
    assert.match((await page.textContent(place)) ?? "", /In ASCII: xn--exmple-4nf\.org/, place);
  }
  // Beside an address whose letters are what they seem there is no second form.
  await ask(page, outlookWith("leo.brandt@example.org"));
  assert.equal(await page.locator(".ascii").count(), 0);
  await page.context().close();
});

/** @param {string} recipient */
const outlookWith = (recipient) => `Delivery has failed to these recipients or groups:

${recipient}

Diagnostic information for administrators:

Generating server: AM0PR01MB0001.eurprd01.prod.outlook.com

${recipient}
Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'
`;

test("an early paste is kept until the engine is there", async () => {
  const context = await site.browser.newContext({ locale: "es-ES" });
  const page = await context.newPage();
  /** @type {() => void} */
  let go = () => {};
  const gate = new Promise((resolve) => {
    go = () => resolve(null);
  });
  await page.route("**/*.wasm", async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto(site.url);
  await page.waitForSelector('html[lang="es"]');
  await paste(page, { plain: THRESHOLD });
  assert.equal(await page.inputValue("#bounce"), THRESHOLD);
  assert.equal(await page.getAttribute("html", "data-ready"), null);
  go();
  await page.waitForSelector('article[data-error="exchange-online/tenant-threshold"]');
  await context.close();
});

test("a worker that dies is replaced, the text is kept, nothing is tried again by itself", async () => {
  const context = await site.browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  // Dies on one word, as an engine that traps does.
  await page.addInitScript(() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) =>
      make(
        new Blob([
          `addEventListener("message", (event) => {
            if (String(event.data.content).includes("trap me")) {
              event.stopImmediatePropagation();
              throw new Error("unreachable");
            }
          });`,
          /** @type {Blob} */ (blob),
        ]),
      );
  });
  await page.goto(site.url);
  await page.waitForSelector("html[data-ready]");
  await paste(page, { plain: "trap me" });
  await page.waitForSelector("#results .failure");
  assert.equal(await page.inputValue("#bounce"), "trap me");
  await page.selectOption("#language", "es");
  assert.match((await page.textContent("#results .failure")) ?? "", /El lector se ha detenido/);
  await page.click("#clear");
  await paste(page, { plain: THRESHOLD });
  await page.waitForSelector('article[data-error="exchange-online/tenant-threshold"]');
  await context.close();
});

test("a worker that dies while a copy is made says so, and is there for the next one", async () => {
  const context = await site.browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  /** @type {Error[]} */
  const unheard = [];
  page.on("pageerror", (error) => unheard.push(error));
  await page.addInitScript(() => {
    const make = URL.createObjectURL;
    const trap = `addEventListener("message", (event) => {
      if (!event.data.redacted) return;
      event.stopImmediatePropagation();
      throw new Error("unreachable");
    });`;
    URL.createObjectURL = (blob) => make(new Blob([trap, /** @type {Blob} */ (blob)]));
  });
  await page.goto(site.url);
  await page.waitForSelector("html[data-ready]");
  await ask(page, THRESHOLD);
  for (const button of ["copy", "save"]) {
    await page.evaluate(() => document.querySelector(".said")?.replaceChildren());
    await page.click(`[data-${button}="text"]`);
    await page.waitForSelector(".said:not(:empty)");
    assert.match((await page.textContent(".said")) ?? "", /^The reader stopped/, button);
  }
  // What is cleared meanwhile is not missed.
  await page.evaluate(() => {
    for (const selector of ['[data-copy="text"]', "#clear"]) {
      const button = document.querySelector(selector);
      if (button instanceof HTMLElement) button.click();
    }
  });
  assert.equal(await page.textContent("#status"), "Cleared.");
  await ask(page, UNREGISTERED);
  assert.equal((await cards(page))[0].error, "exchange-online/unregistered-domain");
  assert.deepEqual(unheard, []);
  await context.close();
});

test("what is cleared while it is being read does not come back", async () => {
  const page = await site.open();
  const state = () =>
    page.evaluate(() => {
      const results = document.getElementById("results");
      return { shown: results?.textContent, busy: results?.getAttribute("aria-busy") ?? null };
    });
  // At the worker.
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    document.getElementById("clear")?.click();
  }, THRESHOLD);
  assert.deepEqual(await state(), { shown: "", busy: null });
  // While the file is opened.
  await page.evaluate(() => {
    const now = File.prototype.arrayBuffer;
    /** @type {(() => void)[]} */
    const held = [];
    File.prototype.arrayBuffer = async function () {
      await new Promise((resolve) => held.push(() => resolve(null)));
      return now.call(this);
    };
    Object.assign(window, { held });
  });
  const release = (/** @type {number} */ nth) => page.evaluate((nth) => /** @type {any} */ (window).held[nth](), nth);
  const file = (/** @type {string} */ name, /** @type {string} */ reply) =>
    drop(page, [{ name, bytes: dsn([{ reply }]) }]);
  const rest = () => page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  await ask(page, THRESHOLD);
  await file("cleared.eml", UNREGISTERED);
  await page.click("#clear");
  await release(0);
  await rest();
  assert.deepEqual(await state(), { shown: "", busy: null });
  // What was typed before is older, and no reason to forget the file.
  await page.fill("#bounce", "5.1.1");
  await file("later.eml", THRESHOLD);
  await rest();
  await release(1);
  await page.waitForSelector('#results [data-error="exchange-online/tenant-threshold"]');
  // Of two, the later one counts, whichever is opened first.
  await file("one.eml", UNREGISTERED);
  await file("two.eml", "552 5.2.2 Mailbox full");
  await release(3);
  await page.waitForSelector('#results [data-error="generic/mailbox-full"]');
  await release(2);
  await rest();
  assert.equal(await page.textContent("#note"), "Read from two.eml");
  assert.deepEqual(
    (await cards(page)).map(({ error }) => error),
    ["generic/mailbox-full"],
  );
  await page.context().close();
});

test("a newer bounce wins over one that is still being read", async () => {
  const page = await site.open();
  await paste(page, { plain: `${"some words that say nothing\n".repeat(40_000)}${UNREGISTERED}` });
  await paste(page, { plain: THRESHOLD });
  await page.waitForSelector('article[data-error="exchange-online/tenant-threshold"]');
  await page.waitForTimeout(1500);
  assert.deepEqual(
    (await cards(page)).map(({ error }) => error),
    ["exchange-online/tenant-threshold"],
  );
  await page.context().close();
});

test("without JavaScript, and without WebAssembly, there is a message", async () => {
  const without = await site.browser.newContext({ javaScriptEnabled: false });
  const plain = await without.newPage();
  await plain.goto(site.url);
  assert.match((await plain.locator("noscript p").first().textContent()) ?? "", /JavaScript and WebAssembly/);
  assert.ok(await plain.locator("noscript p").first().isVisible());
  await without.close();
  const context = await site.browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto(site.url);
  await page.waitForSelector('html[data-state="failed"]');
  assert.ok(await page.isVisible("#failed-title"));
  await page.click(".failed a");
  await page.waitForSelector("ul.errors a");
  await context.close();
});
