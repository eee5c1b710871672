import type { BusEvent } from './bus.ts';
import type { Mail } from './mails.ts';

type Accepted = {
  readonly messageId: string;
  readonly configurationSet: string;
  readonly at: string;
};

/**
 * What SES tells the default bus about an accepted mail. The mailbox simulator of AWS decides by the part before the `@`
 * (and before a `+`) of an address of its domain; here any domain that begins with `simulator.` does.
 */
export const mailReports = (
  { sender, recipients, subject, raw }: Mail,
  { messageId, configurationSet, at }: Accepted,
): readonly BusEvent[] =>
  recipients.split(', ').map((recipient) => {
    const { type, detail } = fateOf(recipient, at);
    return {
      source: 'aws.ses',
      'detail-type': type,
      time: at,
      detail: {
        eventType: eventTypes[type],
        mail: {
          timestamp: at,
          source: sender,
          messageId,
          destination: [recipient],
          headersTruncated: false,
          headers: headersOf(raw),
          commonHeaders: { from: [sender], to: [recipient], subject },
          tags: { 'ses:configuration-set': [configurationSet] },
        },
        ...detail,
      },
    };
  });

const eventTypes = {
  'Email Delivered': 'Delivery',
  'Email Bounced': 'Bounce',
  'Email Complaint Received': 'Complaint',
} as const;

type Fate = { readonly type: keyof typeof eventTypes; readonly detail: object };

function fateOf(recipient: string, at: string): Fate {
  const [, local = '', domain = ''] = /^([^+@]*)[^@]*@(.*)$/.exec(recipient.toLowerCase()) ?? [];
  const simulated = domain.startsWith('simulator.') ? local : 'success';
  if (simulated === 'bounce' || simulated === 'suppressionlist')
    return {
      type: 'Email Bounced',
      detail: {
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: simulated === 'bounce' ? 'General' : 'Suppressed',
          bouncedRecipients: [
            {
              emailAddress: recipient,
              action: 'failed',
              status: '5.1.1',
              diagnosticCode: 'smtp; 550 5.1.1 user unknown',
            },
          ],
          timestamp: at,
        },
      },
    };
  if (simulated === 'complaint')
    return {
      type: 'Email Complaint Received',
      detail: {
        complaint: {
          complainedRecipients: [{ emailAddress: recipient }],
          complaintFeedbackType: 'abuse',
          timestamp: at,
        },
      },
    };
  return {
    type: 'Email Delivered',
    detail: { delivery: { timestamp: at, recipients: [recipient], smtpResponse: '250 ok' } },
  };
}

/** The headers of a mail as they came, unfolded. */
function headersOf(raw: string): { name: string; value: string }[] {
  const [head = ''] = raw.split(/\r?\n\r?\n/, 1);
  return head
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [{ name, value }];
    });
}
