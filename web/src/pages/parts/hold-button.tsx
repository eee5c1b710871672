import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import type { HoldTarget } from '../../../../shared/domain/hold/hold.schema.ts';
import { projectOfHold, roleForHold } from '../../../../shared/domain/hold/hold-place.ts';
import { useMay } from '../../features/access/access.queries.ts';
import { HoldDialog } from '../../features/holds/hold-dialog.tsx';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Opens the form of a hold of what the page is about. */
export const HoldButton = ({ target }: { target: HoldTarget }) => {
  const t = useT();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const role = roleForHold(target);

  return (
    <>
      <Button
        {...guard(
          may(role, projectOfHold(target))
            ? undefined
            : t('workflows.refusal.role', { role: t(`role.${role}`) }),
        )}
        onClick={() => setOpen(true)}
      >
        {t('holds.new')}
      </Button>
      {open && <HoldDialog target={target} onClose={() => setOpen(false)} />}
    </>
  );
};
