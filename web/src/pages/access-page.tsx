import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Role } from '../../../shared/domain/project/project.schema.ts';
import { meQuery, useMay } from '../features/access/access.queries.ts';
import { projectQuery } from '../features/access/members.queries.ts';
import { MembersTable } from '../features/access/members-table.tsx';
import { RoleTable } from '../features/access/role-table.tsx';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useScope } from '../ui/scope.ts';

const route = getRouteApi('/in/system/access');

/** Members of a project, what the groups of the installation grant, and what each role may do. */
export const AccessPage = () => {
  const t = useT();
  const navigate = route.useNavigate();
  const { text, mine, of } = route.useSearch();
  const scope = useScope();
  const projects = useQuery(projectsQuery());
  const { data: me } = useQuery(meQuery());
  const names = (projects.data ?? []).map(({ name }) => name);
  const project = of ?? scope.project ?? names[0];
  const role = me?.grants.find((grant) => grant.project === project)?.role;

  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('access.description')}>
        {t('access.title')}
      </Header>
      <Loaded query={projects}>
        {(all) =>
          project === undefined ? (
            <Box>{t('access.no-project')}</Box>
          ) : (
            <SpaceBetween size="m">
              <FormField
                label={t('common.project')}
                description={t('access.your-role', {
                  role: roleText(t, [role, me?.role ?? undefined]),
                })}
              >
                <Select
                  selectedOption={{ value: project, label: project }}
                  options={names.map((value) => ({ value, label: value }))}
                  filteringType="auto"
                  onChange={({ detail }) =>
                    void navigate({
                      search: (before) => ({ ...before, of: detail.selectedOption.value }),
                    })
                  }
                />
              </FormField>
              <ProjectMembers
                project={project}
                people={[
                  ...new Set(all.flatMap(({ members }) => members.map(({ user }) => user))),
                ].toSorted()}
              />
            </SpaceBetween>
          )
        }
      </Loaded>
      <Container header={<Header variant="h2">{t('access.groups')}</Header>}>
        <SpaceBetween size="s">
          <Box>{t('access.groups-text')}</Box>
          <ul className="plain-list">
            {Role.options.map((each) => (
              <li key={each}>
                <code>{each}</code> {t(`access.role.${each}`)}: {t(`access.role-text.${each}`)}
              </li>
            ))}
          </ul>
        </SpaceBetween>
      </Container>
      <RoleTable
        project={project}
        text={text}
        mine={mine === 'yes'}
        onChange={(search) =>
          void navigate({ search: (before) => ({ ...before, ...none, ...search }), replace: true })
        }
      />
    </SpaceBetween>
  );
};

const none = { text: undefined, mine: undefined };

const roleText = (t: ReturnType<typeof useT>, roles: readonly (Role | undefined)[]): string => {
  const strongest = Role.options.findLast((each) => roles.includes(each));
  return strongest ? t(`access.role.${strongest}`) : t('access.no-role');
};

const ProjectMembers = ({ project, people }: { project: string; people: readonly string[] }) => {
  const found = useQuery(projectQuery(project));
  const may = useMay();
  return (
    <Loaded query={found}>
      {(loaded) => (
        <MembersTable project={loaded} people={people} mayEdit={may('admin', project)} />
      )}
    </Loaded>
  );
};
