import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Delivery } from '../../shared/domain/notice/notice.schema.ts';
import { deliveryHeader, headerOfDelivery } from './delivery-header.ts';

/**
 * The mail of a delivery as it goes over the wire: text and, where there is one, HTML as alternatives, headers encoded and
 * folded. All mails of a thread refer to one message id that no mail has: SES gives each mail an id of its own, and mail
 * programs show those together that refer to the same.
 */
export const composeMail = async (
  { id, to, thread, content }: Pick<Delivery, 'id' | 'to' | 'thread' | 'content'>,
  from: string,
): Promise<Uint8Array> => {
  const root = thread && `<${threadDigest(thread)}@${from.slice(from.lastIndexOf('@') + 1)}>`;
  const mail = new MailComposer({
    from: { name: 'Nightshift', address: from },
    to: { name: '', address: to },
    subject: oneLine(content.subject),
    text: withCrlf(content.text),
    ...(content.html !== undefined && { html: withCrlf(content.html) }),
    ...(root && { inReplyTo: root, references: root }),
    headers: {
      [deliveryHeader]: headerOfDelivery(id),
      // Tells programs that answer by themselves not to (RFC 3834).
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
};

/** Lines of a mail end so (RFC 5322); a lone line feed is refused by some servers. */
const withCrlf = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n');

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, ' ');

const threadDigest = (thread: string): string =>
  createHash('sha256').update(thread).digest('hex').slice(0, 32);
