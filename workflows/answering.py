"""What a country can be asked at any time: queries change nothing and leave no trace in its history."""

from temporalio import workflow

from contracts.messages import DecisionAnswer
from contracts.rows import Book, CountryRow
from contracts.state import CountryState, DecisionRecord, Entry, MailOrder, Task
from framework.cycle import day_of
from framework.review import Assessment, assess, to_judge
from workflows.process import decided, moments, view


class Answers:
    """The queries of a country, from the state that it carries."""

    state: CountryState

    @workflow.query(name="state", description="The whole carried state")
    def whole(self) -> CountryState:
        """The state as it would be carried to the next run."""
        return self.state

    @workflow.query(description="The country as the board shows it")
    def overview(self) -> CountryRow:
        """Status, stage, next deadline, flags, people."""
        return view.row(self.state)

    @workflow.query(description="Tasks: open ones first, then those closed in this cycle")
    def tasks(self) -> list[Task]:
        """All tasks of the run."""
        first = view.open_tasks(self.state)
        return [*first, *(task for task in self.state.tasks.values() if task not in first)]

    @workflow.query(description="The timeline of the cycle under way")
    def timeline(self) -> list[Entry]:
        """Entries of the run, oldest first; earlier ones are in the read model."""
        return self.state.entries

    @workflow.query(
        description="Why a flag is raised, or is not: each indicator with years, documents, dates"
    )
    def why(self) -> Assessment:
        """The five indicators and the combination, computed on the record as it stands."""
        return assess(to_judge(self.state.cycles, self.state.paused_on), day_of(workflow.now()))

    @workflow.query(description="What became of a GCM decision, by its id (and content hash)")
    def decision(self, decision_id: str, sha256: str = "") -> DecisionAnswer:
        """The answer; `pending` while the decision is not known."""
        found = decided.answer_of(self.state, decision_id, sha256)
        return found or DecisionAnswer(decision_id=decision_id)

    @workflow.query(description="The GCM decisions of this cycle with their answers")
    def decisions(self) -> list[DecisionRecord]:
        """Decisions of the run, in the order in which they came."""
        return self.state.decisions

    @workflow.query(description="When the country wakes next, as ISO time in UTC")
    def next_moment(self) -> str | None:
        """The next moment at which time itself makes something happen."""
        moment = moments.next_moment(self.state)
        return moment.at.isoformat() if moment else None

    @workflow.query(description="Messages that are not posted yet")
    def mails(self) -> list[MailOrder]:
        """Mail in the outbox."""
        return self.state.outbox.mails

    @workflow.query(description="What a rebuild of the read model reads")
    def book(self) -> Book:
        """The run's rows and where the archived years lie."""
        return Book(batch=view.everything(self.state), archives=self.state.archives)
