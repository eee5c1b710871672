import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import { RouteLink, type Target } from '../../ui/link.tsx';

/** What was operated, with a link where there is a page for it. */
export const ObjectLink = ({ object }: { object: string }) => {
  const at = object.indexOf(':');
  const [kind, name] = at < 0 ? ['', object] : [object.slice(0, at), object.slice(at + 1)];
  const target = targetOf(kind, name);
  const text = kind === 'instance' ? instanceText(name) : object;
  return target ? <RouteLink {...target}>{text}</RouteLink> : <span>{text}</span>;
};

const targetOf = (kind: string, name: string): Target | undefined => {
  const [project = '', workflow = '', task = ''] = name.split('/');
  switch (kind) {
    case 'instance':
      return { to: '/instances/$instance', params: { instance: name } };
    case 'run':
      return { to: '/runs/$run', params: { run: name } };
    case 'task':
      return { to: '/tasks/$project/$workflow/$task', params: { project, workflow, task } };
    case 'workflow':
      return { to: '/workflows/$project/$workflow', params: { project, workflow } };
    default:
      return undefined;
  }
};

/** Short enough for a column: the whole id is in the address. */
const instanceText = (id: string): string => {
  const ref = parseInstanceId(id);
  return ref ? `${ref.workflow}/${ref.task} ${ref.bizDate}` : id;
};
