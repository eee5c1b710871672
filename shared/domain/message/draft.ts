import type { MessageFacts } from '../notice/message-facts.ts';
import type { TemplatePiece } from './fill-template.ts';
import type { MessageParts } from './message-parts.ts';
import type { Words } from './words.ts';

/** A message whose words are filled in, before a channel draws it. */
export type Draft = {
  readonly facts: MessageFacts;
  readonly parts: MessageParts;
  readonly words: Words;
  readonly language: string;
  readonly subject: string;
  readonly pieces: readonly TemplatePiece[];
};
