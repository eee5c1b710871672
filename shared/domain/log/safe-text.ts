/* biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what this file is about */

/** Terminal sequences: CSI (colours, cursor), OSC (titles, links), and the other two-character ones. */
const terminal =
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,16}[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\n]{0,2048}(?:\u0007|\u001b\\|\u009c)|\u001b[PX^_][^\u001b\n]{0,2048}\u001b\\|\u001b[ -/]{0,16}[0-~]/g;

/** C0 but tab and newline, DEL. */
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** C1, and what turns the direction of the text around it: invisible, and never meant in a log. */
const invisible = /[\u0080-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text that is safe to store and to show: terminal sequences are gone, NUL and other control characters are made visible
 * (␀), a lone surrogate is U+FFFD, line ends are \n.
 */
export const safeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(terminal, '')
    .replace(/\r\n?/g, '\n')
    .replace(control, (sign) => (sign === '\u007f' ? '␡' : picture(sign)))
    .replace(invisible, '');

const picture = (sign: string): string => String.fromCharCode(0x2400 + sign.charCodeAt(0));
