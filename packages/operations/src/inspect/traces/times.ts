import { isNarrow, type Screen } from '@app/command-line/screen';

const two = (value: number) => String(value).padStart(2, '0');

/** Local time, with milliseconds where there is room. */
export const timeOfDay = (time: number, screen: Screen): string => {
  const date = new Date(time);
  const seconds = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return isNarrow(screen) ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

/** With a digit behind the point where that says something. */
export const milliseconds = (duration: number): string => duration.toFixed(duration < 10 ? 1 : 0);
