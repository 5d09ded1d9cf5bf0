import {
  layoutOf,
  type ApiOverlay,
  type ApiSchema,
  type FilledRule,
  type TlClass,
  type TlObject,
} from '@tlgen/codec';
import { shapeOf, typeText, type Shape } from './shape.js';

/** One parameter of a method, or field of a constructor. */
export interface PlanField {
  readonly name: string;
  /** As TL writes it: `Vector<long>`. */
  readonly type: string;
  readonly shape: Shape;
  /** What fills it in when it is left out. */
  readonly rule: FilledRule | undefined;
}

/** How objects of one class are made of loose values. */
export interface Plan {
  readonly one: TlClass;
  readonly fields: ReadonlyMap<string, PlanField>;
  /** The fields that have to be there, in wire order. */
  readonly required: readonly PlanField[];
  make(init: object): TlObject;
}

const NONE: ApiOverlay = { substitutes: {}, filled: [], instead: [], aliases: [], parseMode: [] };

/** Plans of a schema's classes, each made when it is first needed. */
export class Plans {
  readonly overlay: ApiOverlay;
  private readonly plans = new Map<TlClass, Plan>();
  private byType: ReadonlyMap<string, readonly string[]> | null = null;

  constructor(readonly schema: ApiSchema) {
    this.overlay = schema.overlay ?? NONE;
  }

  of(one: TlClass): Plan {
    let plan = this.plans.get(one);
    if (plan === undefined) this.plans.set(one, (plan = this.make(one)));
    return plan;
  }

  /** TL names of a type's constructors. */
  constructorsOf(type: string): readonly string[] {
    this.byType ??= this.listTypes();
    return this.byType.get(type) ?? [];
  }

  private make(one: TlClass): Plan {
    const { registry } = this.schema;
    const fields = new Map<string, PlanField>();
    const required: PlanField[] = [];
    for (const { name, type: kind, optional } of layoutOf(one)) {
      const type = typeText(kind, registry);
      const shape = shapeOf(kind, name, registry, this.overlay.substitutes);
      const rule = optional ? undefined : this.ruleFor(one, name, type);
      const field = { name, type, shape, rule };
      fields.set(name, field);
      if (!optional) required.push(field);
    }
    const Class = one as unknown as new (init: object) => TlObject;
    return { one, fields, required, make: (init) => new Class(init) };
  }

  private ruleFor(one: TlClass, name: string, type: string): FilledRule | undefined {
    const isMethod = this.schema.registry.isMethod(one);
    return this.overlay.filled.find((rule) => {
      if (rule.field !== name || rule.type !== type) return false;
      if (!isMethod) return rule.constructors?.includes(one.tl) ?? false;
      if (rule.constructors !== undefined || rule.except?.includes(one.tl)) return false;
      return rule.methods?.includes(one.tl) ?? true;
    });
  }

  private listTypes(): ReadonlyMap<string, readonly string[]> {
    const { registry } = this.schema;
    const byType = new Map<string, string[]>();
    for (const one of registry) {
      const type = registry.typeOf(one);
      if (type === undefined) continue;
      const names = byType.get(type);
      if (names) names.push(one.tl);
      else byType.set(type, [one.tl]);
    }
    return byType;
  }
}
