import type { Template } from './assembly.ts';
import { HostError } from './host-error.ts';
import { account, attributeOf, referenceOf, region } from './local-names.ts';

export type Resolve = (value: unknown) => unknown;

const absent = Symbol('AWS::NoValue');

const pseudo: Readonly<Record<string, unknown>> = {
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'nightshift',
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/nightshift/local`,
  'AWS::NoValue': absent,
};

/** Resolves CloudFormation's functions to the names that things have on this host. */
export const resolver = (template: Template): Resolve => {
  const reference = (name: string): unknown => {
    if (name in pseudo) return pseudo[name];
    const resource = template.Resources[name];
    if (resource) return referenceOf(name, resource.Type, plainName(resource.Properties));
    if (name in template.Parameters) return template.Parameters[name]?.Default ?? '';
    throw new HostError(`the template refers to ${name}, which it does not define`);
  };
  const attribute = (name: string, key: string): string => {
    const resource = template.Resources[name];
    if (!resource) throw new HostError(`the template refers to ${name}, which it does not define`);
    return attributeOf(name, resource.Type, key, plainName(resource.Properties));
  };
  const plainName = (properties: Readonly<Record<string, unknown>>) => (key: string) =>
    properties[key] === undefined ? undefined : String(resolve(properties[key]));

  const functions = new Map<string, (argument: unknown) => unknown>([
    ['Ref', (name) => reference(String(name))],
    [
      'Fn::GetAtt',
      (argument) => {
        const [name = '', ...path] = Array.isArray(argument)
          ? argument.map(String)
          : String(argument).split('.');
        return attribute(name, path.join('.'));
      },
    ],
    [
      'Fn::Join',
      (argument) => {
        const [separator, parts] = argument as [string, unknown];
        return (resolve(parts) as unknown[]).map(String).join(separator);
      },
    ],
    [
      'Fn::Sub',
      (argument) => {
        const [text, values] = Array.isArray(argument)
          ? (argument as [string, Record<string, unknown>])
          : [String(argument), {}];
        return text.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
          if (literal) return `\${${name}}`;
          if (name in values) return String(resolve(values[name]));
          const [id = '', ...path] = name.split('.');
          return path.length > 0 && !(name in pseudo)
            ? attribute(id, path.join('.'))
            : String(reference(name) ?? whole);
        });
      },
    ],
    [
      'Fn::Select',
      (argument) => {
        const [index, list] = argument as [unknown, unknown];
        return (resolve(list) as unknown[])[Number(index)];
      },
    ],
    [
      'Fn::Split',
      (argument) => {
        const [separator, text] = argument as [string, unknown];
        return String(resolve(text)).split(separator);
      },
    ],
    [
      'Fn::If',
      (argument) => {
        const [condition, yes, no] = argument as [string, unknown, unknown];
        return resolve(holds({ Condition: condition }) ? yes : no);
      },
    ],
  ]);

  const holds = (condition: unknown): boolean => {
    const [[name, argument] = ['', undefined]] = Object.entries(condition as object);
    const all = () => argument as unknown[];
    if (name === 'Condition') return holds(template.Conditions[String(argument)] ?? {});
    if (name === 'Fn::Equals') return resolve(all()[0]) === resolve(all()[1]);
    if (name === 'Fn::And') return all().every(holds);
    if (name === 'Fn::Or') return all().some(holds);
    if (name === 'Fn::Not') return !holds(all()[0]);
    throw new HostError(`the local host does not know the condition ${JSON.stringify(condition)}`);
  };

  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve).filter((entry) => entry !== absent);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      const apply = functions.get(name);
      if (!apply) throw new HostError(`the local host does not know ${name}`);
      return apply(argument);
    }
    return Object.fromEntries(
      entries
        .map(([key, entry]) => [key, resolve(entry)] as const)
        .filter(([, entry]) => entry !== absent),
    );
  };

  return resolve;
};
