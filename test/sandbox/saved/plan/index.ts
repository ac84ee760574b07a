import { crosspost, platformPlans } from './crosspost';
import { crosspostTrigger } from './crosspostTrigger';
import type { Plan } from './values';

export { RESUME, WAITING } from './values';

/** By name of the node. */
export const plans: Record<string, Plan> = { ...platformPlans, crosspost, crosspostTrigger };
