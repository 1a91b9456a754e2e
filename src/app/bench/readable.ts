import * as v from 'valibot';

const key = v.pipe(v.string(), v.maxLength(2000));

/** A record of those entries that can be read; one of none where it is no record at all. */
export const readableIn = <T>(schema: v.GenericSchema<unknown, T>) =>
  v.fallback(
    v.pipe(
      v.record(key, v.unknown()),
      v.transform(
        (entries): Record<string, T> =>
          Object.fromEntries(
            Object.entries(entries).flatMap(([name, json]) => {
              const read = v.safeParse(schema, json);
              return read.success ? [[name, read.output] as const] : [];
            }),
          ),
      ),
    ),
    {},
  );
