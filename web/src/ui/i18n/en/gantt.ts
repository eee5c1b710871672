export const gantt = {
  'gantt.rows': { one: '{count} row', other: '{count} rows' },
  'gantt.expand': 'Show what belongs to {name}',
  'gantt.collapse': 'Hide what belongs to {name}',
  'gantt.now': 'now',
} as const;
