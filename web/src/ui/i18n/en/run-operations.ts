export const runOperations = {
  'run-op.stop': 'Stop',
  'run-op.pause': 'Pause',
  'run-op.resume': 'Resume',
  'run-op.rerun-failed': 'Rerun failed',
  'run-op.rerun': 'Rerun whole run',
  'run-op.retry': 'Retry',
  'run-op.set-success': 'Set success',
  'run-op.more': 'More',
  'run-op.what.stop': 'What is on its way is ended; what has not begun is paused.',
  'run-op.what.pause': 'What runs goes on to its end; nothing more starts until you resume it.',
  'run-op.what.resume': 'The pauses of its instances are lifted.',
  'run-op.what.rerun-failed':
    'What failed runs again, and what it blocked goes on. What succeeded stays as it is.',
  'run-op.what.rerun':
    'A new run of the same date starts with all tasks. The old one stays as it ended.',
  'run-op.what.retry':
    'The run is sent once more as a new one, with its own parameters for its own date. The failed one stays as it ended and shows what became of the retry.',
  'run-op.what.set-success':
    'Failed instances count as succeeded, so that what they block goes on. Nothing runs again.',
  'run-op.refusal.has-ended': 'all of it has ended',
  'run-op.refusal.nothing-failed': 'nothing of it failed',
  'run-op.refusal.not-retryable': 'has not failed for good, or a retry of it runs or has succeeded',
  'run-op.refusal.not-generated': 'its instances do not exist yet',
  'run-op.retry-of': 'Repeats',
  'run-op.parameters': 'Parameters',
} as const;
