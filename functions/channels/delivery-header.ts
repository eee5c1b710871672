/** Header by which a report of the provider finds its delivery, even where nobody learned the message id. */
export const deliveryHeader = 'X-Nightshift-Delivery';

/** Ids are longer than a line of a mail may be, and lines fold at spaces only. */
export const headerOfDelivery = (id: string): string =>
  (encodeURIComponent(id).match(/.{1,60}/g) ?? []).join(' ');

/** The delivery that a mail says it is; undefined where the header is somebody else's. */
export const deliveryOfHeader = (value: string): string | undefined => {
  try {
    return decodeURIComponent(value.replaceAll(/\s+/g, ''));
  } catch {
    return undefined;
  }
};
