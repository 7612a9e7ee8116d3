using System.Runtime.InteropServices;

namespace Attic.FujiNet.Embedding;

/// <summary><c>struct attic_fujinet_options</c> of <c>embedding/attic_fujinet.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeOptions
{
    /// <summary>Bytes of the structure as the program knows it.</summary>
    public nuint Size;

    /// <summary>Folder of <c>host:</c>, UTF-8; null for a file system in memory.</summary>
    public byte* DataFolder;

    /// <summary>Told what people should know; null for nobody.</summary>
    public delegate* unmanaged[Cdecl]<void*, byte*, void> Log;

    /// <summary>Told that a tick has something to do; null for nobody.</summary>
    public delegate* unmanaged[Cdecl]<void*, void> Wake;

    /// <summary>Handed to both.</summary>
    public void* User;
}

/// <summary>The functions that C calls, in the order of <c>embedding/attic_fujinet.c</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFunctions
{
    public delegate* unmanaged[Cdecl]<NativeOptions*, ulong*, int> Create;
    public delegate* unmanaged[Cdecl]<ulong, int> Destroy;
    public delegate* unmanaged[Cdecl]<ulong, int> Open;
    public delegate* unmanaged[Cdecl]<ulong, int, int> Close;
    public delegate* unmanaged[Cdecl]<ulong, int, byte*, int, int> Write;
    public delegate* unmanaged[Cdecl]<ulong, int, byte*, int, int> Read;
    public delegate* unmanaged[Cdecl]<ulong, int> Tick;
    public delegate* unmanaged[Cdecl]<ulong, int, int> Wait;
    public delegate* unmanaged[Cdecl]<byte*, int, int> LastError;
}
