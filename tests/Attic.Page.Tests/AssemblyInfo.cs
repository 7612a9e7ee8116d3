// One browser and one machine at a time: the pages run in real time and would starve one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
