import type { AlertRule, Severity } from '../../shared/domain/alert/alert-rule.schema.ts';
import { ruleKeyOf } from '../../shared/domain/alert/rule-key.ts';
import type { ChannelKind } from '../../shared/domain/notice/channel.schema.ts';
import type { RuleRef } from '../../shared/domain/notice/occurrence.schema.ts';
import type { Receiver } from '../../shared/domain/notice/receivers.schema.ts';
import { mergeMinutes } from '../../shared/domain/notice/thread-of.ts';
import type { ThreadPolicy } from '../../shared/domain/notice/thread-policy.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { TellDeps } from './tell-deps.ts';

/** A rule as it is now: whom it tells, by what, and when. */
export type Telling = {
  readonly rule: RuleRef;
  readonly project: Project;
  readonly name: string;
  readonly channels: readonly ChannelKind[];
  readonly receivers: readonly Receiver[];
  readonly escalation: readonly Receiver[];
  readonly severity: Severity | undefined;
  readonly alert: AlertRule | undefined;
  readonly resendUnconfirmed: boolean;
  readonly policy: ThreadPolicy;
};

/** Reads rules as they are now, each once. Undefined: the rule or its project is gone. */
export const tellingFinder = ({ catalog }: Pick<TellDeps, 'catalog'>) => {
  const known = new Map<string, Promise<Telling | undefined>>();

  const find = async (ref: RuleRef): Promise<Telling | undefined> => {
    const project = await catalog.findProject(ref.project);
    if (!project) return undefined;
    if (ref.kind === 'notification') {
      const rule = await catalog.findNotificationRule(ref.project, ref.name);
      if (!rule) return undefined;
      const { name, methods, receivers, enabled, resendUnconfirmed, rev } = rule;
      return {
        ...{ rule: { ...ref, rev }, project, name, receivers, resendUnconfirmed },
        ...{ channels: methods, escalation: [], severity: undefined, alert: undefined },
        policy: { enabled, mergeMinutes: rule.mergeMinutes, zone: project.zone },
      };
    }
    const alert = await catalog.findAlertRule(ref.project, ref.name);
    if (!alert) return undefined;
    const { name, channels, receivers, escalation, severity, resendUnconfirmed, rev } = alert;
    return {
      ...{ rule: { ...ref, rev }, project, name, channels, receivers, severity, alert },
      ...{ escalation: escalation?.receivers ?? [], resendUnconfirmed },
      policy: {
        ...{ enabled: alert.enabled, mergeMinutes, zone: project.zone },
        ...{ effective: alert.effective, maxSends: alert.maxSends },
        frequencyMinutes: alert.frequencyMinutes,
        escalateMinutes: escalation?.afterMinutes,
      },
    };
  };
  return (ref: RuleRef): Promise<Telling | undefined> => {
    const key = ruleKeyOf(ref);
    const found = known.get(key) ?? find(ref);
    known.set(key, found);
    return found;
  };
};

export type FindTelling = ReturnType<typeof tellingFinder>;
