const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const tests = '\\.test(-d)?\\.tsx?$';
const sharedWork = 'edge|stores|channels|engines|admission|backfill|intake|logging|matching';

module.exports = {
  forbidden: [
    rule('no-cycles', 'Data flows one way; so do imports.', {}, { circular: true }),
    rule(
      'shared-stands-alone',
      'shared is imported by all and imports none of them.',
      { path: '^shared/' },
      {
        path: '^(functions|infra|web|local|logger|cli|examples|bench|scripts|tests)/',
        pathNot: tests,
      },
    ),
    rule(
      'shared-is-pure',
      'The domain needs zod, the cron evaluator and the calendar; nothing that reaches out.',
      { path: '^shared/', pathNot: `${tests}|^shared/testing/` },
      {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'],
        pathNot: 'node_modules/(zod|croner|temporal-polyfill)/',
      },
    ),
    rule(
      'domain-knows-no-contract',
      'Rules decide; what travels between parts is built on them, not the other way round.',
      { path: '^shared/domain/', pathNot: tests },
      { path: '^shared/contracts/' },
    ),
    rule(
      'stages-do-not-meet',
      'A stage hands its result on through a state machine or the store, never by a call.',
      { path: `^functions/(?!(?:${sharedWork})/)([^/]+)/`, pathNot: tests },
      {
        path: `^functions/(?!(?:${sharedWork})/)([^/]+)/`,
        pathNot: `^functions/$1/`,
      },
    ),
    rule(
      'shared-work-knows-no-stage',
      'Hosts, stores, engines, channels, admission and backfill serve stages and know none.',
      { path: `^functions/(${sharedWork})/`, pathNot: tests },
      { path: `^functions/(?!(?:${sharedWork})/)` },
    ),
    rule(
      'aws-at-the-edge',
      'Only stores, channels, engines, hosts and entries may load an AWS library.',
      {
        path: '^functions/',
        pathNot: `^functions/(edge|stores|channels|engines)/|\\.lambda\\.ts$|${tests}`,
      },
      { path: 'node_modules/(@aws-sdk|@aws-lambda-powertools|@middy)/' },
    ),
    rule(
      'entries-are-leaves',
      'Nothing imports an entry; infra names it by path.',
      {},
      {
        path: '\\.lambda\\.ts$',
      },
    ),
    rule(
      'functions-know-no-host',
      'No file under functions knows that infra or the local host exist.',
      { path: '^functions/', pathNot: tests },
      { path: '^(infra|local|cli|web|bench|scripts|examples|tests)/' },
    ),
    rule(
      'infra-names-functions-by-path',
      'Infra and functions meet in contracts only.',
      { path: '^infra/', pathNot: tests },
      { path: '^(functions|local|cli|web|bench|examples|tests)/' },
    ),
    rule(
      'web-and-cli-see-shared-only',
      'The console and the CLI speak through contracts.',
      { path: '^(web|cli)/', pathNot: tests },
      { path: '^(functions|infra|local|bench|examples|tests)/' },
    ),
    rule(
      'features-do-not-meet',
      'Features of the console are composed by pages.',
      { path: '^web/src/features/([^/]+)/' },
      { path: '^web/src/features/([^/]+)/', pathNot: '^web/src/features/$1/' },
    ),
    rule(
      'the-logger-stands-alone',
      'It is published for the functions of others: nothing of this repository comes along.',
      { path: '^logger/', pathNot: tests },
      { pathNot: '^logger/|node_modules/@aws-sdk/client-eventbridge/' },
    ),
    rule(
      'integrations-are-strangers',
      'Examples of what others build use what others have: the logger and the libraries of AWS.',
      { path: '^examples/integrations/', pathNot: tests },
      { path: '^(shared|functions|infra|local|cli|web|bench|scripts|tests)/' },
    ),
    rule(
      'nothing-imports-local',
      'The product does not know that it can run on a laptop.',
      { path: '^(shared|functions|infra|web|cli|examples)/', pathNot: tests },
      { path: '^local/' },
    ),
    rule(
      'no-test-helpers-in-production',
      'Builders and faults serve tests.',
      { path: '^(shared|functions|infra|web|cli|local)/', pathNot: `${tests}|^shared/testing/` },
      { path: '^(shared/testing|tests)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|cdk\\.out|\\.nightshift|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs'] },
  },
};
