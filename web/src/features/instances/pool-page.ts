/** Where the limit of a pool is kept: throttling rules and resource groups have a page each. */
export const poolPage = (pool: string): '/system/throttling' | '/system/pools' =>
  pool.startsWith('throttle:') ? '/system/throttling' : '/system/pools';
