using System.Globalization;

namespace Movc.RollingOptimizer.Exact;

/// <summary>The sections of an MPS file, one entry a line.</summary>
internal sealed class MpsText(DispatchLp lp, StreamWriter text)
{
    private readonly string[] _columnName = new string[lp.Columns];

    public void Write(CancellationToken cancellationToken)
    {
        NameColumns();
        text.Write("* Dispatch of MOVC Eqs. 15-37, minimised; kW and kWh. Columns and rows: docs/math/exact-reference.md\n");
        // The word FREE tells CLP the format; GLPK is told on its command line.
        text.Write("NAME movc FREE\nROWS\n N obj\n");
        for (int r = 0; r < lp.Rows; r++) text.Write($" E {Row(r)}\n");
        text.Write("COLUMNS\n");
        for (int q = 0; q < lp.Columns; q++)
        {
            if (q % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            if (lp.Cost[q] != 0) text.Write($" {_columnName[q]} obj {Number(lp.Cost[q])}\n");
            for (int at = lp.Start[q]; at < lp.Start[q + 1]; at++) text.Write($" {_columnName[q]} {Row(lp.Index[at])} {Number(lp.Value[at])}\n");
        }
        text.Write("RHS\n");
        for (int r = 0; r < lp.Rows; r++)
        {
            if (lp.RightSide[r] != 0) text.Write($" rhs {Row(r)} {Number(lp.RightSide[r])}\n");
        }
        text.Write("BOUNDS\n");
        for (int q = 0; q < lp.Columns; q++) Bound(q);
        text.Write("ENDATA\n");
    }

    private void Bound(int q)
    {
        double lower = lp.Lower[q], upper = lp.Upper[q];
        if (lower == upper) text.Write($" FX bnd {_columnName[q]} {Number(lower)}\n");
        else
        {
            if (lower != 0) text.Write($" LO bnd {_columnName[q]} {Number(lower)}\n");
            text.Write($" UP bnd {_columnName[q]} {Number(upper)}\n");
        }
    }

    private void NameColumns()
    {
        int loads = lp.Days.Length;
        for (int k = 0; k < loads; k++)
        {
            _columnName[2 * k] = Name("over", k);
            _columnName[2 * k + 1] = Name("under", k);
        }
        for (int d = 0; d < lp.Days.Days; d++) _columnName[2 * loads + d] = Name("level", d);
        for (int q = lp.PeakColumn; q < lp.LoadColumns; q++)
        {
            int d = q - lp.PeakColumn;
            _columnName[q] = d < lp.Days.Days ? Name("height", d) : Name("slack", d - lp.Days.Days);
        }
        for (int j = 0; j < lp.EnergyColumn.Length; j++)
        {
            if (lp.ChargeColumn[j] >= 0) _columnName[lp.ChargeColumn[j]] = Cell("charge", j);
            if (lp.DischargeColumn[j] >= 0) _columnName[lp.DischargeColumn[j]] = Cell("discharge", j);
            _columnName[lp.EnergyColumn[j]] = Cell("stored", j);
        }
    }

    private string Row(int r) => r < lp.Days.Length ? Name("load", r) : r < lp.PeakRow ? Cell("energy", r - lp.Days.Length) : Name("peak", r - lp.PeakRow);

    private string Cell(string kind, int j) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{lp.VehicleOfCell[j]}_{lp.SlotOfCell[j]}");

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{number}");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
