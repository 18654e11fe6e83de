/** Whether this process runs all services: then the plugin, which is for a service alone, has nothing to do. */
export const hosting = { active: false };
