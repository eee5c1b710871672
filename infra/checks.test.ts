import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { App, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { centerIn, synthCenter } from './testing/synth-center.ts';

type Report = {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly [field: string]: unknown;
    }[];
  }[];
};

/** What cdk-nag finds; `spoil` makes something that it must find. */
const findingsOf = (spoil?: (app: App) => void): string[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'nightshift-nag-'));
  const app = new App({ outdir });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  centerIn(app);
  spoil?.(app);
  const exitCode = process.exitCode;
  try {
    app.synth();
  } catch {
    // A finding makes the synthesis throw; the report tells which.
  } finally {
    process.exitCode = exitCode;
  }
  const report: Report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap(({ violations }) =>
    violations.map(
      ({ ruleName, violatingConstructs }) =>
        `${ruleName} ${JSON.stringify(violatingConstructs ?? '')}`,
    ),
  );
};

describe('cdk-nag', () => {
  it('finds nothing that is not acknowledged with a reason', () => {
    expect(findingsOf()).toEqual([]);
  });

  it('looked: it finds a bucket that anybody may read in the clear', () => {
    const findings = findingsOf((app) => {
      new Bucket(app.node.findChild('Nightshift'), 'Careless');
    });
    expect(findings.join('\n')).toContain('AwsSolutions-S10');
  });
});

describe('the validator of CloudFormation', () => {
  /** CDK repeats a dependency that a reference implies already. */
  const harmless = new Set(['W3005']);
  const problemsOf = (template: object): string[] => {
    const file = join(mkdtempSync(join(tmpdir(), 'nightshift-template-')), 'template.json');
    writeFileSync(file, JSON.stringify(template));
    const engine = new CelEngine();
    const { diagnostics } = engine.validateStandard(new TemplateFile(file));
    engine.free();
    return diagnostics
      .filter(({ ruleId, severity }) => !/^(INFO|DEBUG)/.test(severity) && !harmless.has(ruleId))
      .map(({ ruleId, message, entity }) => `${ruleId} ${entity?.logicalId ?? ''}: ${message}`);
  };

  it('finds no error and no warning', () => {
    expect(problemsOf(synthCenter().toJSON())).toEqual([]);
  });

  it('looked: it finds a property that does not exist', () => {
    const template = { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { Nmae: 'x' } } } };
    expect(problemsOf(template)).not.toEqual([]);
  });
});
