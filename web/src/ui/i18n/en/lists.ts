/** Export and columns of any list. */
export const lists = {
  'columns.title': 'Columns',
  'columns.shown': 'Columns shown',
  'columns.about': 'Kept in this browser. Drag to change the order.',
  'export.csv': 'Export CSV',
  'export.working': 'Reading all pages',
  'export.failed': 'The list could not be read to its end; nothing was exported.',
  'export.done': { one: '{count} row exported', other: '{count} rows exported' },
  'export.cut':
    'The first {count} rows were exported; there are more. Narrow the filter for the rest.',
} as const;
