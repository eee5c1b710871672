import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { type RegisteredRouter, type ToPathOption, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Where a link goes: a path of the route table with its parameters and search. */
export type Target = {
  readonly to: ToPathOption<RegisteredRouter>;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string | undefined>>;
  readonly hash?: string;
};

/** `href` for the browser (new tab, copy) and `follow` for a plain click. */
export const useGo = () => {
  const router = useRouter();
  const options = ({ to, params = {}, search = {}, hash }: Target) => ({
    to: to as '/',
    params: params as never,
    search: search as never,
    ...(hash === undefined ? {} : { hash }),
  });

  return {
    hrefOf: (target: Target): string => router.buildLocation(options(target)).href,
    go: (target: Target): void => void router.navigate(options(target)),
  };
};

export const RouteLink = ({
  children,
  variant,
  ariaLabel,
  ...target
}: Target & {
  children: ReactNode;
  variant?: LinkProps.Variant;
  ariaLabel?: string;
}) => {
  const { hrefOf, go } = useGo();

  return (
    <Link
      href={hrefOf(target)}
      {...(variant && { variant })}
      {...(ariaLabel && { ariaLabel })}
      onFollow={(event) => {
        event.preventDefault();
        go(target);
      }}
    >
      {children}
    </Link>
  );
};
