import * as z from 'zod';

/**
 * What a node of a graph of tasks lets people do: everything in the project that the graph is about, in others only
 * expanding it and looking at its operation log, and expanding alone where it runs nothing or is hidden
 * (nodes-and-instances 3.1, N47).
 */
export const NodeAllows = z
  .enum(['everything', 'expand-and-log', 'expand'])
  .meta({ id: 'NodeAllows', description: 'What can be done with a node of a graph' });
export type NodeAllows = z.infer<typeof NodeAllows>;
