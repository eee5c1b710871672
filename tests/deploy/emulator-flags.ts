/**
 * Parts of the app that MiniStack cannot answer, by the context flag that leaves each out. The reasons stand in the
 * decision "What the deployment test leaves out", which a test compares with this list.
 */
export const emulatorFlags = [
  'nightshift:site=off',
  'nightshift:branding=off',
  'nightshift:archive=off',
  'nightshift:alarms=off',
] as const;
