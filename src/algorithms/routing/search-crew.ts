import { PlanMail } from "./plan-mail.ts";
import { SearchTeam } from "./search-team.ts";

/** Memory of a crew, to be handed from thread to thread. */
export interface CrewBuffers {
  readonly first: SharedArrayBuffer;
  readonly last: SharedArrayBuffer;
  readonly mail: SharedArrayBuffer;
}

/** What threads that search one plan of a uniform fleet together share; thread 0 leads. */
export class SearchCrew {
  /** Divides the routes while the first plan is sought, and again at the end. */
  readonly first: SearchTeam;
  readonly last: SearchTeam;
  /** Carries plans between the populations of a genetic search. */
  readonly mail: PlanMail;

  /** Over the memory of another thread's crew, or over new memory. */
  constructor(nTasks: number, nRoutes: number, size: number, thread: number, buffers?: CrewBuffers) {
    this.first = new SearchTeam(nTasks, nRoutes, size, thread, buffers?.first);
    this.last = new SearchTeam(nTasks, nRoutes, size, thread, buffers?.last);
    this.mail = new PlanMail(nTasks, nRoutes, size, thread, buffers?.mail);
  }

  get buffers(): CrewBuffers {
    return { first: this.first.buffer, last: this.last.buffer, mail: this.mail.buffer };
  }
}
