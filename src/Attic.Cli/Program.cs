Console.WriteLine("attic: Atari home computers for people and programs");
return 0;
