/** GSM 03.38: what costs one of the 160 places … */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** … and what costs two. */
const extended = new Set('^{}\\[~]|€\f');

const alike: Readonly<Record<string, string>> = {
  '…': '...',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '·': '-',
  '×': 'x',
  '\u00A0': ' ',
};

/** The same with typographic signs that would make a message of 160 characters one of 70 replaced. */
export const inSmsSigns = (text: string): string =>
  text.replace(/[…“”‘’–—·×\u00A0]/g, (sign) => alike[sign] ?? sign);

/** Places that a text takes, of how many. */
export const smsSize = (text: string): { readonly used: number; readonly of: 160 | 70 } => {
  let used = 0;
  for (const sign of text) {
    if (basic.has(sign)) used += 1;
    else if (extended.has(sign)) used += 2;
    else return { used: text.length, of: 70 };
  }
  return { used, of: 160 };
};

export const fitsSms = (text: string): boolean => {
  const { used, of } = smsSize(text);
  return used <= of;
};
