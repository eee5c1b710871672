import type { Sphere } from './notification-rule.schema.ts';

/** Whether a workflow of the project is watched; `tags` are those of its newest version (W37). */
export const inSphere = (
  sphere: Sphere,
  { workflow, tags }: { readonly workflow: string; readonly tags: readonly string[] },
): boolean => {
  switch (sphere.kind) {
    case 'project':
      return true;
    case 'workflows':
      return sphere.workflows.includes(workflow);
    case 'tags':
      return sphere.tags.some((tag) => tags.includes(tag));
  }
};
