/** Bounces for the tests of the page, written for them. */

export const THRESHOLD = "550 5.7.705 Access denied, tenant has exceeded threshold";
export const UNREGISTERED = "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains";

/**
 * A report after RFC 3464.
 *
 * @param {{ recipient?: string, reply: string, action?: string }[]} failures
 * @param {{ html?: string, subject?: string, from?: string }} [more]
 */
export function dsn(failures, { html, subject = "Quarterly figures", from = "Eva Sanz <eva.sanz@example.com>" } = {}) {
  const parts = [
    `Content-Type: text/plain; charset=utf-8\n\nYour message could not be delivered.\n`,
    ...(html ? [`Content-Type: text/html; charset=utf-8\n\n${html}\n`] : []),
    `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.com\nArrival-Date: Mon, 23 Nov 2026 09:14:02 +0000\n\n${failures
      .map(
        ({ recipient = "leo.brandt@example.org", reply, action = "failed" }) =>
          `Final-Recipient: rfc822; ${recipient}\nAction: ${action}\nStatus: ${/\d\.\d+\.\d+/.exec(reply)?.[0] ?? "5.0.0"}\nRemote-MTA: dns; mx.example.org\nDiagnostic-Code: smtp; ${reply}\n`,
      )
      .join("\n")}`,
    `Content-Type: text/rfc822-headers\n\nFrom: ${from}\nTo: leo.brandt@example.org\nSubject: ${subject}\nDate: Mon, 23 Nov 2026 09:14:00 +0000\nMessage-ID: <figures-1@example.com>\n`,
  ];
  return `From: Mail Delivery System <mailer-daemon@mail.example.com>
To: eva.sanz@example.com
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 09:14:05 +0000
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b-1"

${parts.map((part) => `--b-1\n${part}`).join("\n")}
--b-1--
`;
}

/**
 * What Outlook shows on the screen, copied.
 *
 * @param {string} reply
 */
export const outlookScreen = (reply) => `Microsoft Outlook
Mon 11/23/2026 9:14 AM
To: Eva Sanz
Delivery has failed to these recipients or groups:

leo.brandt@example.org
Your message wasn't delivered. Please contact your email admin and give them the details below.

Diagnostic information for administrators:

Generating server: AM0PR01MB0001.eurprd01.prod.outlook.com

leo.brandt@example.org
Remote server returned '${reply}'

Original message headers:

From: Eva Sanz <eva.sanz@example.com>
To: "leo.brandt@example.org" <leo.brandt@example.org>
Subject: Quarterly figures
Date: Mon, 23 Nov 2026 09:14:00 +0000
Message-ID: <figures-1@example.com>
`;

/** The header of a message that waited twelve minutes and failed one check. */
export const WAY = `Received: from mx.example.com (mx.example.com [192.0.2.7]) by in.example.org with ESMTPS id c3;
 Mon, 23 Nov 2026 09:26:40 +0000
Received: from desk.example.com (desk.example.com [192.0.2.5]) by mx.example.com with ESMTPSA id b2;
 Mon, 23 Nov 2026 09:14:40 +0000
Received: from laptop.example.com by desk.example.com with HTTP; Mon, 23 Nov 2026 09:14:02 +0000
Authentication-Results: in.example.org; spf=pass smtp.mailfrom=example.com; dkim=fail header.d=example.com;
 dmarc=none header.from=example.com
DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; bh=abc=; b=def=
`;

/**
 * A report whose returned message begins with these header fields.
 *
 * @param {string} report
 * @param {string} [way]
 */
export const withWay = (report, way = WAY) =>
  report.replace("Content-Type: text/rfc822-headers\n\n", (start) => start + way);
