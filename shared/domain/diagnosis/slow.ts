/** How much longer than usual an attempt may take before it is called slow. */
const tolerance = 1.5;

/** Whether `seconds` are more than half as long again as the mean; without history nothing is slow. */
export const isSlow = (seconds: number | undefined, meanSeconds: number | undefined): boolean =>
  seconds !== undefined &&
  meanSeconds !== undefined &&
  meanSeconds > 0 &&
  seconds > meanSeconds * tolerance;
