/** How far the graph of a task reaches, as it stands in the address: levels, and single nodes opened further. */
export type GraphSearch = {
  readonly up: string;
  readonly down: string;
  /** Ids joined by commas. */
  readonly openUp: string;
  readonly openDown: string;
};
