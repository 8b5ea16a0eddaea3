const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** An ISO 8601 time as the person's system writes it, to the minute; what is none as it is. */
export const momentWords = (time: string): string => written(moment, time);

/** The day of an ISO 8601 time as the person's system writes it; what is none as it is. */
export const dayWords = (time: string): string => written(day, time);

function written(format: Intl.DateTimeFormat, time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.valueOf()) ? time : format.format(date);
}
