"""What selection promises, whatever the scores."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.rubric import Dimension
from tests.training import world as walls
from tests.training.world import Diary, World
from training import jsonl, precision
from training.choosing import Candidate, SelectConfig, best_of_each, choose
from training.precision import FEWEST, OutOfReach, Rated, TooFewRatings, human_mean, trusted
from training.selection import SELECTION, against_paper, select, yield_curve

# Few distinct values, so that ties are common.
scores = st.sampled_from([1.0, 2.5, 3.5, 3.6, 5.0])
pools = st.lists(st.tuples(st.sampled_from("abcde"), scores, scores), min_size=1, max_size=20).map(
    lambda rows: [
        Candidate(
            video=video,
            caption=number,
            captioner=f"model-{number % 3}",
            mean_involved=involved,
            mean_paper=paper,
            levels={},
        )
        for number, (video, involved, paper) in enumerate(rows)
    ]
)
configs = st.builds(
    SelectConfig,
    policy=st.sampled_from(["threshold", "best", "random", "balanced", "precision"]),
    statistic=st.sampled_from(["mean_involved", "mean_paper"]),
    threshold=st.sampled_from([1.0, 3.5, 5.0]),
    budget=st.none() | st.integers(1, 5),
    per_captioner=st.none() | st.integers(1, 3),
    seed=st.integers(0, 3),
)


plain = configs.filter(
    lambda config: config.policy not in ("random", "balanced") and not config.per_captioner
)


def of_captioner(captioner: str, video: str, **levels: float) -> Candidate:
    """Its number is told by its names, so that ties are always settled the same way."""
    mean = sum(levels.values()) / len(levels)
    return Candidate(
        video=video,
        caption=ord(video) * 1000 + ord(captioner),
        captioner=captioner,
        mean_involved=mean,
        mean_paper=mean,
        levels={Dimension(dimension): level for dimension, level in levels.items()},
    )


class TestChoose:
    @given(pools, configs)
    def test_takes_at_most_one_caption_a_video_within_budget(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        chosen = choose(pool, config).chosen
        videos = [one.video for one in chosen]
        assert videos == sorted(set(videos))
        assert set(map(id, chosen)) <= set(map(id, pool))
        assert config.budget is None or len(chosen) <= config.budget
        most = Counter(one.captioner for one in chosen).most_common(1)
        assert config.per_captioner is None or not most or most[0][1] <= config.per_captioner

    @given(pools, configs)
    def test_every_video_is_chosen_or_left_out_for_a_reason(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        choice = choose(pool, config)
        counted = len(choice.chosen) + choice.below + choice.over + choice.beyond
        assert counted == len({one.video for one in pool})

    @given(pools, configs, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_the_pool(
        self, pool: list[Candidate], config: SelectConfig, chance: Any
    ) -> None:
        shuffled = list(pool)
        chance.shuffle(shuffled)
        assert choose(shuffled, config).chosen == choose(pool, config).chosen

    @given(pools, plain)
    def test_nothing_better_or_as_good_and_older_was_passed_over(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        for one in choose(pool, config).chosen:
            rivals = [other for other in pool if other.video == one.video]
            best = max(other.score(config.statistic) for other in rivals)
            assert one.score(config.statistic) == best
            as_good = [other for other in rivals if other.score(config.statistic) == best]
            assert one.caption == min(other.caption for other in as_good)

    @given(pools, plain.filter(lambda config: config.policy != "best"))
    def test_the_threshold_is_a_floor_that_may_be_touched(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        free = replace(config, budget=None)
        chosen = choose(pool, free).chosen
        assert all(one.score(config.statistic) >= config.threshold for one in chosen)
        best = choose(pool, replace(free, policy="best")).chosen
        assert chosen == [one for one in best if one.score(config.statistic) >= config.threshold]

    @given(pools, plain, st.integers(1, 4))
    def test_a_smaller_budget_keeps_the_best(
        self, pool: list[Candidate], config: SelectConfig, budget: int
    ) -> None:
        everything = choose(pool, replace(config, budget=None)).chosen
        some = choose(pool, replace(config, budget=budget)).chosen
        assert len(some) == min(budget, len(everything))
        left = [one.score(config.statistic) for one in everything if one not in some]
        assert all(one.score(config.statistic) >= max(left, default=0.0) for one in some)

    @given(pools, st.integers(0, 3))
    def test_chance_keeps_its_choice_when_other_videos_come(
        self, pool: list[Candidate], seed: int
    ) -> None:
        config = SelectConfig(policy="random", seed=seed)
        before = {one.video: one for one in choose(pool, config).chosen}
        newcomer = replace(pool[0], video="z", caption=1000)
        after = {one.video: one for one in choose([*pool, newcomer], config).chosen}
        assert before.items() <= after.items()

    def test_seeds_differ(self) -> None:
        pool = [
            Candidate(
                video="a",
                caption=number,
                captioner="m",
                mean_involved=3.0,
                mean_paper=3.0,
                levels={},
            )
            for number in range(20)
        ]
        chosen = {
            choose(pool, SelectConfig(policy="random", seed=seed)).chosen[0].caption
            for seed in range(5)
        }
        assert len(chosen) > 1

    def test_a_full_captioner_gives_way_to_the_second_best(self) -> None:
        pool = [of_captioner("a", video, object=5.0) for video in "vwx"]
        pool += [of_captioner("b", "w", object=4.0), of_captioner("b", "x", object=3.0)]
        choice = choose(pool, SelectConfig(per_captioner=1))
        assert [(one.video, one.captioner) for one in choice.chosen] == [("v", "a"), ("w", "b")]
        assert (choice.below, choice.over, choice.beyond) == (0, 1, 0)


class TestBalanced:
    @pytest.fixture
    def pool(self) -> list[Candidate]:
        """One sees the object, the other the camera; the first is a little better everywhere."""
        return [
            of_captioner(captioner, video, object=seen, camera=filmed)
            for number, video in enumerate("stuvwxyz")
            for captioner, seen, filmed in (("e", 5.0, 3.7 + number / 10), ("l", 3.6, 4.9))
        ]

    def test_serves_the_dimension_that_the_mean_leaves_behind(self, pool: list[Candidate]) -> None:
        by_mean = choose(pool, SelectConfig()).chosen
        assert {one.captioner for one in by_mean} == {"e"}
        balanced = choose(pool, SelectConfig(policy="balanced")).chosen

        def least(chosen: list[Candidate]) -> float:
            """The gain over the pool of the dimension that gains least."""
            return min(
                fmean(one.levels[d] or 0 for one in chosen)
                - fmean(one.levels[d] or 0 for one in pool)
                for d in (Dimension.OBJECT, Dimension.CAMERA)
            )

        assert least(balanced) > least(by_mean) + 0.25

    def test_nothing_below_the_threshold_is_taken(self, pool: list[Candidate]) -> None:
        assert choose(pool, SelectConfig(policy="balanced", threshold=4.9)).chosen == []


class TestPrecision:
    def rated(self, *levels: tuple[float, float]) -> list[Rated]:
        return [Rated(score, human) for score, human in levels for _ in range(FEWEST)]

    def test_the_lowest_threshold_that_keeps_the_promise(self) -> None:
        found = trusted(self.rated((4.0, 5.0), (3.0, 4.0), (2.0, 1.0)), good=3.5, wished=0.9)
        assert (found.threshold, found.precision, found.captions) == (3.0, 1.0, 2 * FEWEST)
        assert found.low == pytest.approx(0.912, abs=1e-3)  # Wilson's, of 40 in 40
        assert found.high == 1.0

    def test_a_share_of_bad_ones_is_allowed(self) -> None:
        found = trusted(self.rated((4.0, 5.0), (3.0, 4.0), (2.0, 1.0)), good=3.5, wished=0.6)
        assert (found.threshold, found.captions) == (2.0, 3 * FEWEST)
        assert found.precision == pytest.approx(2 / 3)

    def test_equal_scores_stand_on_one_side(self) -> None:
        mixed = [Rated(3.0, 5.0)] * FEWEST + [Rated(3.0, 1.0)] * FEWEST
        assert trusted(mixed, good=3.5, wished=0.5).captions == 2 * FEWEST
        with pytest.raises(OutOfReach, match=r"best has 0\.50, at 3\.00"):
            trusted(mixed, good=3.5, wished=0.6)

    def test_needs_ratings(self) -> None:
        with pytest.raises(TooFewRatings, match="19 captions"):
            trusted([Rated(4.0, 4.0)] * (FEWEST - 1), good=3.5, wished=0.8)

    def test_people_count_what_most_of_them_find_involved(self) -> None:
        votes = {
            Dimension.OBJECT: (0, 0, 0, 0, 1, 1),
            Dimension.CAMERA: (2, 0, 0, 0, 0, 1),
            Dimension.ACTION: (0, 0, 2, 0, 0, 0),
        }
        assert human_mean(votes) == pytest.approx((4.5 + 2) / 2)
        assert human_mean({Dimension.CAMERA: (1, 0, 0, 0, 0, 0)}) is None


class TestReports:
    @given(pools)
    def test_the_yield_falls_from_all_videos(self, pool: list[Candidate]) -> None:
        yields = [
            row["selected"] for row in yield_curve(best_of_each(pool, "mean_involved").values())
        ]
        assert yields[0] == len({one.video for one in pool})
        assert yields == sorted(yields, reverse=True)

    @given(pools, configs)
    def test_the_two_averages_are_compared_caption_by_caption(
        self, pool: list[Candidate], config: SelectConfig
    ) -> None:
        told = against_paper(pool, config)
        involved = choose(pool, replace(config, statistic="mean_involved")).chosen
        paper = choose(pool, replace(config, statistic="mean_paper")).chosen
        assert told["both"] + told["only_involved"] == len(involved)
        assert told["both"] + told["only_paper"] == len(paper)


class TestSelect:
    @pytest.fixture
    def scored(self, tmp_path: Path) -> Path:
        """The careful caption of every video is best but for one dimension: nothing moves."""
        directory = tmp_path / "scored"
        directory.mkdir()
        still = [0.9, 0.02, 0.02, 0.02, 0.02, 0.02]
        sure = {5: [0, 0, 0, 0, 0, 1.0], 2: [0, 0, 1.0, 0, 0, 0], 3: [0, 0, 0, 1.0, 0, 0]}
        lines = []
        for video in range(8):
            for place, level in enumerate((5, 2, 3)):
                table = dict.fromkeys(Dimension, sure[level]) | {Dimension.ACTION: still}
                lines.append(
                    {
                        "caption": 10 * video + place,
                        "video": walls.sha(video),
                        "captioner": walls.CAPTIONERS[place],
                        "probabilities": table,
                        "mean_involved": float(level),
                        "mean_paper": 4 * level / 5,
                    }
                )
        jsonl.write(directory / "scores.jsonl", lines)
        return directory

    def test_chooses_from_training_videos_only(self, world: World, scored: Path) -> None:
        work = world.work("select", score=scored)
        result = select(work, SelectConfig(threshold=4.5), Diary())
        lines = list(jsonl.read(work.out / SELECTION))
        assert [line["video"] for line in lines] == [walls.sha(number) for number in range(6)]
        assert {line["captioner"] for line in lines} == {"careful"}
        assert lines[0]["text"] == walls.captions("red", "purple")[0]
        assert lines[0]["levels"] == {
            "object": 5.0,
            "feature": 5.0,
            "action": None,
            "camera": 5.0,
            "background": 5.0,
        }
        assert (result["pool_videos"], result["selected"]) == (6, 6)
        assert result["per_captioner"][0] == {"captioner": "careful", "selected": 6, "share": 1.0}
        assert result["left_out"] == {"below": 0, "over": 0, "beyond": 0}
        assert sum(result["histogram"]["pool"]) == 18
        assert sum(result["histogram"]["selected"]) == 6
        by_dimension = {row["dimension"]: row for row in result["per_dimension"]}
        assert by_dimension["object"]["pool"] == pytest.approx((5 + 2 + 3) / 3)
        assert by_dimension["object"]["selected"] == 5.0
        assert by_dimension["action"] == {
            "dimension": "action",
            "pool": None,
            "selected": None,
            "involved": 0,
        }

    def test_a_precision_without_ratings_is_refused(self, world: World, scored: Path) -> None:
        """Two test videos of three captions each are not enough to promise anything."""
        work = world.work("select", score=scored)
        with pytest.raises(TooFewRatings, match="6 captions"):
            select(work, SelectConfig(policy="precision"), Diary())

    def test_a_precision_takes_its_threshold_from_the_test_side(
        self, world: World, scored: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(precision, "FEWEST", 2)
        work = world.work("select", score=scored)
        result = select(work, SelectConfig(policy="precision", good=3.5), Diary())
        assert result["threshold"] == 5.0
        assert result["vouched"]["captions"] == 2
        assert result["selected"] == 6

    def test_the_papers_mean_can_never_pass_where_nothing_moves(
        self, world: World, scored: Path
    ) -> None:
        work = world.work("select", score=scored)
        result = select(work, SelectConfig(threshold=4.5), Diary())
        assert result["against_paper"] == {"both": 0, "only_involved": 6, "only_paper": 0}

    def test_an_empty_selection_is_a_result(self, world: World, scored: Path) -> None:
        work = world.work("select", score=scored)
        config = SelectConfig(statistic="mean_paper", threshold=4.5)
        result = select(work, config, Diary())
        assert result["selected"] == 0
        assert all(row["share"] == 0.0 for row in result["per_captioner"])
        assert (work.out / SELECTION).read_bytes() == b""

    @pytest.mark.parametrize(
        "nonsense",
        [{"policy": "hunch"}, {"statistic": "median"}, {"threshold": 5.1}, {"budget": 0}],
    )
    def test_refuses_nonsense(self, nonsense: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=next(iter(nonsense))):
            SelectConfig(**nonsense)
