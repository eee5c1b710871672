import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { refusalOfNoteEdit } from '../../../../shared/domain/handover/may-edit-note.ts';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { NoteText } from '../../ui/text/note-text.tsx';
import { At } from '../../ui/time/at.tsx';
import { useNow } from '../../ui/time/time-provider.tsx';
import { notesQuery, useAddNote, useEditNote } from './handover.queries.ts';

type Editing = { readonly note: string; readonly rev: number };

/** Notes of a project, the newest first, and a field for one's own. */
export const Notes = ({
  project,
  user,
  mayWrite,
}: {
  project: string;
  user: string | undefined;
  mayWrite: boolean;
}) => {
  const t = useT();
  const now = useNow();
  const pages = useCursorPages(project);
  const notes = useQuery(notesQuery(project, pages.cursor));
  const add = useAddNote(project);
  const edit = useEditNote(project);
  const [text, setText] = useState('');
  const [editing, setEditing] = useState<Editing>();
  const written = { onSuccess: () => setText('') };

  const save = () => {
    if (!editing) return add.mutate(text, written);
    edit.mutate({ ...editing, text }, written);
    setEditing(undefined);
  };
  const missing = text.trim() === '' ? t('handover.note-missing') : undefined;

  return (
    <Container header={<Header variant="h2">{t('handover.notes')}</Header>}>
      <SpaceBetween size="m">
        <FormField label={t('handover.note')} constraintText={t('handover.note-hint')} stretch>
          <Textarea
            value={text}
            rows={3}
            disabled={!mayWrite}
            onChange={({ detail }) => setText(detail.value)}
          />
        </FormField>
        <Button
          {...guard(mayWrite ? missing : t('handover.read-only'))}
          loading={add.isPending || edit.isPending}
          onClick={save}
        >
          {t(editing ? 'common.save' : 'handover.note-add')}
        </Button>
        {(add.isError || edit.isError) && (
          <ProblemAlert
            error={add.error ?? edit.error}
            header={t('problem.action', { action: t('handover.note-add') })}
          />
        )}
        <Loaded query={notes} lines={3}>
          {({ items, cursor }) => (
            <SpaceBetween size="m">
              {items.length === 0 && <Box>{t('handover.notes-none')}</Box>}
              {items.map((note) => (
                <article key={note.id} className="note">
                  <Box variant="small">
                    {note.by}, <At at={note.at} />
                    {note.editedAt && ' · '}
                    {note.editedAt && <At at={note.editedAt} />}
                  </Box>
                  <NoteText text={note.text} />
                  {note.by === user && (
                    <Button
                      {...guard(
                        refusalOfNoteEdit(note, user, isoOf(now())) === undefined
                          ? undefined
                          : t('handover.note-mine'),
                      )}
                      variant="inline-link"
                      ariaLabel={`${t('common.edit')}: ${note.text.slice(0, 40)}`}
                      onClick={() => {
                        setText(note.text);
                        setEditing({ note: note.id, rev: note.rev });
                      }}
                    >
                      {t('common.edit')}
                    </Button>
                  )}
                </article>
              ))}
              {(cursor !== undefined || pages.page > 1) && (
                <CursorPagination pages={pages} next={cursor} />
              )}
            </SpaceBetween>
          )}
        </Loaded>
      </SpaceBetween>
    </Container>
  );
};
