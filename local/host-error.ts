/** Something of the surroundings that the user can mend: shown as one line, without a stack. */
export class HostError extends Error {
  override readonly name = 'HostError';
}
