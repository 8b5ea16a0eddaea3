const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** An ISO 8601 time in the format of the user's system, to the minute. Anything else is returned unchanged. */
export const momentWords = (time: string): string => written(moment, time);

/** The day of an ISO 8601 time in the format of the user's system. Anything else is returned unchanged. */
export const dayWords = (time: string): string => written(day, time);

function written(format: Intl.DateTimeFormat, time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.valueOf()) ? time : format.format(date);
}
