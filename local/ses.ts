import type { ServerResponse } from 'node:http';
import PostalMime from 'postal-mime';
import type { Bus } from './bus.ts';
import type { HostClock } from './clock.ts';
import { escaped, send } from './http-io.ts';
import { mailReports } from './mail-report.ts';
import type { Mail, Mails } from './mails.ts';
import type { SesMood } from './ses-mood.ts';

type Surroundings = {
  readonly mails: Mails;
  readonly bus: Pick<Bus, 'put'>;
  readonly mood: SesMood;
  readonly clock: HostClock;
};

/** A request of SES's query protocol. */
export type Ses = (response: ServerResponse, form: URLSearchParams) => Promise<void>;

const dayMs = 86_400_000;
const address = /^[^\s@<>]+@[^\s@<>]+$|<[^\s@<>]+@[^\s@<>]+>$/;

/**
 * Stands in for SES: takes mails for the mailbox page, tells the quota, and reports on the default bus what became of a
 * mail, by the address as the simulator of AWS does (`bounce@simulator…`). How it behaves is set at `/_local/ses`.
 */
export const ses =
  ({ mails, bus, mood, clock }: Surroundings): Ses =>
  async (response, form) => {
    const action = form.get('Action') ?? '';
    if (action === 'GetSendQuota') {
      const { perDay, perSecond } = mood.settings();
      return answer(response, action, {
        Max24HourSend: perDay,
        MaxSendRate: perSecond,
        SentLast24Hours: mails.countSince(clock.now() - dayMs),
      });
    }
    if (action === 'GetSendStatistics') return answer(response, action, { SendDataPoints: '' });
    const mail =
      action === 'SendEmail'
        ? simple(form)
        : action === 'SendRawEmail'
          ? await raw(form)
          : undefined;
    if (!mail) return refuse(response, 'InvalidAction', `the local host does not know ${action}`);

    const recipients = mail.recipients.split(', ').filter(Boolean);
    const wrong = [mail.sender, ...recipients].find((entry) => !address.test(entry));
    if (wrong !== undefined || recipients.length === 0)
      return refuse(response, 'InvalidParameterValue', `not an address: ${wrong ?? '(none)'}`);
    const refusal = mood.refusalOf(mails.countSince(clock.now() - dayMs));
    if (refusal) return refuse(response, refusal.code, refusal.message);

    const id = mails.add(mail);
    const messageId = `local-${id}`;
    const configurationSet = form.get('ConfigurationSetName');
    if (configurationSet !== null)
      for (const report of mailReports(mail, { messageId, configurationSet, at: clock.iso() }))
        bus.put('default', report);
    if (mood.losesReply()) {
      response.destroy();
      return;
    }
    answer(response, action, { MessageId: messageId });
  };

function simple(form: URLSearchParams): Mail {
  const recipients = valuesOf(form, /^Destination\.(To|Cc|Bcc)Addresses\.member\.\d+$/);
  return {
    sender: form.get('Source') ?? '',
    recipients: recipients.join(', '),
    subject: form.get('Message.Subject.Data') ?? '',
    text: form.get('Message.Body.Text.Data') ?? '',
    html: form.get('Message.Body.Html.Data') ?? '',
    raw: '',
  };
}

async function raw(form: URLSearchParams): Promise<Mail> {
  const message = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  const {
    from,
    to = [],
    cc = [],
    subject = '',
    text = '',
    html = '',
  } = await PostalMime.parse(message);
  const named = valuesOf(form, /^Destinations\.member\.\d+$/);
  const listed = [...to, ...cc].flatMap((entry) => entry.address ?? []);
  return {
    sender: form.get('Source') ?? from?.address ?? '',
    recipients: (named.length > 0 ? named : listed).join(', '),
    subject,
    text: text.replace(/\n$/, ''),
    html,
    raw: message.toString('utf8'),
  };
}

function valuesOf(form: URLSearchParams, key: RegExp): string[] {
  return [...form].filter(([name]) => key.test(name)).map(([, value]) => value);
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

function answer(
  response: ServerResponse,
  action: string,
  fields: Readonly<Record<string, string | number>>,
): void {
  const result = Object.entries(fields)
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join('');
  send(
    response,
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${action}Response>`,
    { 'content-type': 'text/xml' },
  );
}

function refuse(response: ServerResponse, code: string, message: string): void {
  send(
    response,
    code === 'ServiceUnavailable' ? 503 : 400,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
    { 'content-type': 'text/xml' },
  );
}
