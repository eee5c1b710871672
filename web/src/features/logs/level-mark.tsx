import type { LogLevel } from '../../../../shared/domain/log/log-line.schema.ts';
import './logs.css';

/** A level with a sign of its own colour and shape, so that it can be told without colours (W57). */
export const LevelMark = ({ level }: { level: LogLevel }) => (
  <span className={`log-icon log-icon-${level}`}>{level}</span>
);
