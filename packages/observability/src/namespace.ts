/** The namespace of our own metrics in CloudWatch, which alarms and dashboards name too. */
export const namespace = 'Groundwork';
