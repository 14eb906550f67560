/**
 * Bounces to try the page with, written for it. `name` is a key of the
 * locales: `sample.<name>`.
 *
 * @type {{ name: string, text: string }[]}
 */
export const SAMPLES = [
  {
    name: "tenant-threshold",
    text: "550 5.7.705 Access denied, tenant has exceeded threshold\n",
  },
  {
    name: "unregistered-domain",
    text: "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains\n",
  },
  {
    name: "dsn",
    text: `From: Microsoft Outlook <postmaster@example.com>
To: Ana Ruiz <ana.ruiz@example.com>
Subject: Undeliverable: Minutes of Tuesday
Date: Mon, 23 Nov 2026 09:14:07 +0000
Message-ID: <b1f7c0de-ndr@example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_ndr_1"

--=_ndr_1
Content-Type: text/plain; charset=utf-8

Delivery has failed to these recipients or groups:

tom.baker@example.org (tom.baker@example.org)
Your message couldn't be delivered because your organization has been
blocked from sending messages outside of it.

--=_ndr_1
Content-Type: message/delivery-status

Reporting-MTA: dns; AM0PR01MB0001.eurprd01.prod.outlook.com
Received-From-MTA: dns; mail.example.com
Arrival-Date: Mon, 23 Nov 2026 09:14:02 +0000

Final-Recipient: rfc822; tom.baker@example.org
Action: failed
Status: 5.7.705
Diagnostic-Code: smtp; 550 5.7.705 Service unavailable. Access denied, tenant
 has exceeded threshold. AS(7230)
 [AM0PR01MB0001.eurprd01.prod.outlook.com]

--=_ndr_1
Content-Type: message/rfc822

From: Ana Ruiz <ana.ruiz@example.com>
To: Tom Baker <tom.baker@example.org>
Subject: Minutes of Tuesday
Date: Mon, 23 Nov 2026 09:14:00 +0000
Message-ID: <minutes-2026-11-23@example.com>
Content-Type: text/plain; charset=utf-8

Hello Tom, the minutes are below.

--=_ndr_1--
`,
  },
  {
    name: "outlook",
    text: `Microsoft Outlook
Mon 11/23/2026 9:14 AM
Delivery has failed to these recipients or groups:

tom.baker@example.org
The email address you entered couldn't be found. Please check the recipient's email address and try to resend the message. If the problem continues, please contact your email admin.

Diagnostic information for administrators:

Generating server: AM0PR01MB0001.eurprd01.prod.outlook.com

tom.baker@example.org
mx.example.org
Remote server returned '550 5.1.1 <tom.baker@example.org>: Recipient address rejected: User unknown in virtual mailbox table'

Original message headers:

From: Ana Ruiz <ana.ruiz@example.com>
To: "tom.baker@example.org" <tom.baker@example.org>
Subject: Minutes of Tuesday
Date: Mon, 23 Nov 2026 09:14:00 +0000
Message-ID: <minutes-2026-11-23@example.com>
`,
  },
  {
    name: "gmail",
    text: `From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: ana.ruiz@example.com
Subject: Delivery Status Notification (Failure)
Date: Mon, 23 Nov 2026 01:20:11 -0800 (PST)
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_g_1"

--=_g_1
Content-Type: text/plain; charset="UTF-8"

** Message not delivered **

Your message couldn't be delivered to tom.baker@example.org because the remote
server is misconfigured. See the technical details below for more information.

The response from the remote server was:
552 5.2.2 The email account that you tried to reach is over quota. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaPerm - gsmtp

--=_g_1
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Mon, 23 Nov 2026 01:20:08 -0800 (PST)
X-Original-Message-ID: <minutes-2026-11-23@example.com>

Final-Recipient: rfc822; tom.baker@example.org
Action: failed
Status: 5.2.2
Remote-MTA: dns; aspmx.l.google.com. (192.0.2.26, the server for the domain example.org.)
Diagnostic-Code: smtp; 552-5.2.2 The email account that you tried to reach is over quota. Please direct
 552-5.2.2 the recipient to
 552 5.2.2  https://support.google.com/mail/?p=OverQuotaPerm - gsmtp
Last-Attempt-Date: Mon, 23 Nov 2026 01:20:11 -0800 (PST)

--=_g_1
Content-Type: message/rfc822

From: Ana Ruiz <ana.ruiz@example.com>
To: tom.baker@example.org
Subject: Minutes of Tuesday
Date: Mon, 23 Nov 2026 10:20:05 +0100
Message-ID: <minutes-2026-11-23@example.com>

----- Message truncated -----

--=_g_1--
`,
  },
  {
    name: "delay",
    text: `From: Mail Delivery System <MAILER-DAEMON@mail.example.com>
To: ana.ruiz@example.com
Subject: Delayed Mail (still being retried)
Date: Mon, 23 Nov 2026 14:02:33 +0100 (CET)
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="7C1A2.1/mail.example.com"

--7C1A2.1/mail.example.com
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.com.

####################################################################
# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #
####################################################################

Your message could not be delivered for more than 4 hour(s).
It will be retried until it is 5 day(s) old.

<tom.baker@example.org>: connect to mx.example.org[192.0.2.25]:25: Connection
    timed out

--7C1A2.1/mail.example.com
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com
X-Postfix-Queue-ID: 7C1A24F3B1
X-Postfix-Sender: rfc822; ana.ruiz@example.com
Arrival-Date: Mon, 23 Nov 2026 09:58:12 +0100 (CET)

Final-Recipient: rfc822; tom.baker@example.org
Original-Recipient: rfc822;tom.baker@example.org
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mx.example.org[192.0.2.25]:25:
    Connection timed out
Will-Retry-Until: Sat, 28 Nov 2026 09:58:12 +0100 (CET)

--7C1A2.1/mail.example.com--
`,
  },
  {
    name: "several",
    text: `From: Mail Delivery System <MAILER-DAEMON@mail.example.com>
To: ana.ruiz@example.com
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 09:15:41 +0100 (CET)
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="9D2B4.1/mail.example.com"

--9D2B4.1/mail.example.com
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.com.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<tom.baker@example.org>: host mx.example.org[192.0.2.25] said: 550 5.1.1
    <tom.baker@example.org>: Recipient address rejected: User unknown in virtual
    mailbox table (in reply to RCPT TO command)

<tina.baker@example.org>: host mx.example.org[192.0.2.25] said: 550 5.1.1
    <tina.baker@example.org>: Recipient address rejected: User unknown in
    virtual mailbox table (in reply to RCPT TO command)

<archive@example.net>: host mx.example.net[198.51.100.25] said: 552 5.3.4
    Message size exceeds fixed maximum message size (in reply to MAIL FROM command)

--9D2B4.1/mail.example.com
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com
X-Postfix-Queue-ID: 9D2B44F3C7
X-Postfix-Sender: rfc822; ana.ruiz@example.com
Arrival-Date: Mon, 23 Nov 2026 09:15:40 +0100 (CET)

Final-Recipient: rfc822; tom.baker@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <tom.baker@example.org>: Recipient address
    rejected: User unknown in virtual mailbox table

Final-Recipient: rfc822; tina.baker@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <tina.baker@example.org>: Recipient address
    rejected: User unknown in virtual mailbox table

Final-Recipient: rfc822; archive@example.net
Action: failed
Status: 5.3.4
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 552 5.3.4 Message size exceeds fixed maximum message
    size

--9D2B4.1/mail.example.com
Content-Type: text/rfc822-headers

From: Ana Ruiz <ana.ruiz@example.com>
To: tom.baker@example.org, tina.baker@example.org, archive@example.net
Subject: Plans for the new hall
Date: Mon, 23 Nov 2026 09:15:38 +0100
Message-ID: <plans-2026-11-23@example.com>

--9D2B4.1/mail.example.com--
`,
  },
  {
    name: "away",
    text: `From: Tom Baker <tom.baker@example.org>
To: Ana Ruiz <ana.ruiz@example.com>
Subject: Automatic reply: Minutes of Tuesday
Date: Mon, 23 Nov 2026 09:14:20 +0000
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
In-Reply-To: <minutes-2026-11-23@example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Thank you for your message. I am out of the office until Monday, 30 November.
For anything urgent, write to tina.baker@example.org.
`,
  },
];
