import { Refused, type HomeGroup } from "@verksted/client";
import { api } from "./session.js";

/** The zone in which an organisation's groups mean their hours; undefined where it isn't to be had, or this device doesn't know it. */
export async function zoneOf(organisation: string): Promise<string | undefined> {
  try {
    const params = { path: { organisation_id: organisation } };
    const { time_zone: zone } = await api.get("/v1/organisations/{organisation_id}", { params });
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Refused && error.status !== 401)) return undefined;
    throw error;
  }
}

/** The zone of each group; every organisation is asked for once. */
export async function zonesOf(groups: readonly HomeGroup[]): Promise<Map<string, string | undefined>> {
  const asked = new Map<string, Promise<string | undefined>>();
  for (const { organisation_id: each } of groups) if (!asked.has(each)) asked.set(each, zoneOf(each));
  return new Map(await Promise.all(groups.map(async ({ id, organisation_id: place }) => [id, await asked.get(place)] as const)));
}
