#pragma once

#include <QFlags>
#include <QWidget>

namespace longcode::style {

enum class Fill : quint8 { Window, Surface, Field, Raised, AccentSoft, WarnSoft, DangerSoft, Note };

/// A plain area in one of the theme's colours, with hairlines on chosen edges and, when asked, round corners.
/// Follows the theme by itself.
class Panel : public QWidget {
    Q_OBJECT
public:
    explicit Panel(Fill fill, QWidget *parent = nullptr);

    void setFill(Fill fill);
    /// Hairlines; with a radius all four or none.
    void setEdges(Qt::Edges edges);
    void setRadius(int radius);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Fill m_fill;
    Qt::Edges m_edges;
    int m_radius = 0;
};

} // namespace longcode::style
