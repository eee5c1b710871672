import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import type * as z from 'zod';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { call } from '../../api/call.ts';

export type SimulationWish = {
  readonly env: Env;
  readonly project: string;
  readonly hours: number;
  readonly standing: boolean;
};

/** Asked when the wish changes or somebody asks again; a simulation is too much work for every refresh. */
export const simulationQuery = ({ env, project, hours, standing }: SimulationWish) =>
  queryOptions({
    queryKey: ['simulation', env, project, hours, standing],
    queryFn: async () => {
      const body = { env, hours, standing };
      return (await call('simulate', { params: { project }, body })).simulation;
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    meta: { live: false },
  });

/** The same hours with a definition that is not published. */
export const useDraftSimulation = ({ env, project, hours, standing }: SimulationWish) =>
  useMutation({
    mutationFn: ({
      definition,
      thresholdMinutes,
    }: {
      definition: z.core.util.JSONType;
      thresholdMinutes: number;
    }) =>
      call('simulate', {
        params: { project },
        body: { env, hours, standing, draft: { definition }, thresholdMinutes },
      }),
  });
