const minute = 60;
const hour = 3600;
const day = 86_400;

/** Round widths of a bucket in seconds. */
const widths = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7].map((n) => n * day),
];

/** The least round width that cuts a range into at most `most` buckets, the cut ones at its ends included. */
export const bucketSecondsOf = (
  { from, to }: { readonly from: string; readonly to: string },
  most: number,
): number => {
  const [start, end] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  const fits = (width: number) => Math.ceil(end / width) - Math.floor(start / width) <= most;
  return widths.find(fits) ?? Math.ceil((end - start) / day) * day;
};
