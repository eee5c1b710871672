/** About how many instances one chunk creates: a minute's work of one Lambda, so that a crash costs little. */
export const instancesPerChunk = 2_000;
