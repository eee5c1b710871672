/** Bytes of a well-formed text in UTF-8. */
export const bytesOf = (text: string): number => {
  let bytes = text.length;
  for (let n = 0; n < text.length; n += 1) {
    const unit = text.charCodeAt(n);
    if (unit < 0x80) continue;
    // A surrogate is half of four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
};
