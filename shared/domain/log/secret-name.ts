/** Names whose values never stand in a log. */
const secretName =
  /authorization|cookie|passw|pwd|secret|token|signature|credential|private[-_]?key|api[-_]?key|access[-_]?key/i;

/** Whether a value of that name is kept out of logs (W70). */
export const isSecretName = (name: string): boolean => secretName.test(name);
