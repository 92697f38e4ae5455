using Movc.Domain.Dispatch;

namespace Movc.TwinState.Store;

/// <summary>Setpoint changes as varints: index delta, then power zigzag; about four bytes a change.</summary>
internal static class SetpointCodec
{
    public static byte[] Encode(SetpointBatch batch)
    {
        var bytes = new List<byte>(batch.Count * 4);
        int before = -1;
        for (int i = 0; i < batch.Count; i++)
        {
            Write(bytes, (uint)(batch.Vehicle[i] - before));
            Write(bytes, (uint)((batch.PowerW[i] << 1) ^ (batch.PowerW[i] >> 31)));
            before = batch.Vehicle[i];
        }
        return [.. bytes];
    }

    public static SetpointBatch Decode(int shard, long atMs, long validUntilMs, ReadOnlySpan<byte> bytes)
    {
        var vehicle = new List<int>();
        var power = new List<int>();
        int before = -1;
        while (!bytes.IsEmpty)
        {
            before += (int)Read(ref bytes);
            uint zigzag = Read(ref bytes);
            vehicle.Add(before);
            power.Add((int)(zigzag >> 1) ^ -(int)(zigzag & 1));
        }
        return new SetpointBatch(shard, atMs, validUntilMs, [.. vehicle], [.. power]);
    }

    private static void Write(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }

    private static uint Read(ref ReadOnlySpan<byte> bytes)
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[0];
            bytes = bytes[1..];
            value |= (uint)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
    }
}
