// The security headers of the site: made from the page's own policy, and read
// back by the server and the tests.

/**
 * The policy that a page states in its meta tag.
 *
 * @param {string} html
 */
export function policyOf(html) {
  const tags = html.match(/<meta\b[^>]*http-equiv="Content-Security-Policy"[^>]*>/gi) ?? [];
  const content = tags.length === 1 ? tags[0].match(/\bcontent="([^"]*)"/i) : null;
  if (content === null) {
    throw new Error("the page needs exactly one Content-Security-Policy meta tag with a content");
  }
  return content[1].replace(/\s+/g, " ").trim().replace(/;$/, "");
}

/**
 * A policy as directives, in order.
 *
 * @param {string} policy
 * @returns {Map<string, string[]>}
 */
export function directives(policy) {
  return new Map(
    policy
      .split(";")
      .map((directive) => directive.trim().split(/\s+/))
      .filter(([name]) => name !== "")
      .map(([name, ...values]) => [name, values]),
  );
}

/**
 * The text of `_headers`, in the form that static hosts read: a path, then
 * its headers, indented.
 *
 * @param {string} policy
 */
export function headersText(policy) {
  return `/*
  Content-Security-Policy: ${policy}; frame-ancestors 'none'
  Cross-Origin-Embedder-Policy: require-corp
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: no-referrer
  Strict-Transport-Security: max-age=31536000
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Cache-Control: no-cache

/bounce-analyzer.html
  Content-Disposition: attachment
`;
}

/**
 * @param {string} text
 * @returns {{ path: string, headers: [string, string][] }[]}
 */
export function readHeaders(text) {
  /** @type {{ path: string, headers: [string, string][] }[]} */
  const rules = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("/")) {
      rules.push({ path: line.trim(), headers: [] });
    } else if (line.trim() !== "") {
      const colon = line.indexOf(":");
      rules.at(-1)?.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
  }
  return rules;
}

/**
 * What is sent with a path: every rule that matches it.
 *
 * @param {ReturnType<typeof readHeaders>} rules
 * @param {string} path
 */
export function headersFor(rules, path) {
  return rules
    .filter((rule) => rule.path === path || (rule.path.endsWith("*") && path.startsWith(rule.path.slice(0, -1))))
    .flatMap((rule) => rule.headers);
}
