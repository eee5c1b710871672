/** A message in no language of markup: what each channel draws in its own way. All texts are clean. */
export type MessageParts = {
  readonly tone: 'bad' | 'good' | 'neutral';
  /** What the message is, on one line. */
  readonly headline: string;
  /** What happened, in a sentence. */
  readonly summary: string;
  readonly facts: readonly MessageFact[];
  readonly error: MessageError | undefined;
  readonly items: readonly MessageLine[];
  /** Items that are counted and not listed. */
  readonly more: number;
  readonly actions: readonly { readonly label: string; readonly url: string }[];
  /** What is said before anything else: a test, a template that could not be used. */
  readonly notes: readonly string[];
  readonly footer: string;
};

export type MessageFact = {
  readonly label: string;
  readonly value: string;
  readonly url?: string | undefined;
};

export type MessageLine = { readonly text: string; readonly url?: string | undefined };

/** The beginning of an error, and how much of it is left out. */
type MessageError = { readonly text: string; readonly cut: number };
