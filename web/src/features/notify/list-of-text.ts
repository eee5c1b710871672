/** The parts of a list that is typed with commas or lines. */
export const listOfText = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
